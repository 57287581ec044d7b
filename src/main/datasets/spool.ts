import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { systemError } from '../../shared/errors'
import { partialPath } from '../store/partialFile'
import type { Pixels } from './datasetFile'

/** As much as is read or written at once. */
const blockBytes = 1024 * 1024

const itemBytes = (kind: 'bytes' | 'floats'): number => (kind === 'bytes' ? 1 : 4)

/** Rows of one kind that lie one after the other. */
interface Run {
  kind: 'bytes' | 'floats'
  /** First row. */
  row: number
  /** Where it lies in the file. */
  begin: number
}

/**
 * Rows of pixels in a temporary file, while the rest of an import is read and checked: memory stays small, whatever is
 * imported. The file is swept like any half-written one, should the process be killed.
 */
export class Spool {
  #runs: Run[] = []
  #rows = 0
  #bytes = 0
  #pending: Uint8Array[] = []
  #pendingBytes = 0

  private constructor(
    private readonly file: FileHandle,
    private readonly path: string,
  ) {}

  static async create(folder: string): Promise<Spool> {
    const path = partialPath(folder)
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      return new Spool(await open(path, 'wx+', 0o600), path)
    } catch (error) {
      throw systemError(error, folder) ?? error
    }
  }

  /** Adds whole rows. The array is kept until it is written: it may not change. */
  async append(rows: number, pixels: Pixels): Promise<void> {
    const kind = pixels instanceof Uint8Array ? 'bytes' : 'floats'
    if (this.#runs.at(-1)?.kind !== kind) this.#runs.push({ kind, row: this.#rows, begin: this.#bytes })
    this.#pending.push(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength))
    this.#rows += rows
    this.#bytes += pixels.byteLength
    this.#pendingBytes += pixels.byteLength
    if (this.#pendingBytes >= blockBytes) await this.#flush()
  }

  /**
   * Some rows, in blocks, each as it was added.
   * @param picked row numbers, ascending
   * @param width values of a row
   */
  async *rows(picked: Int32Array, width: number): AsyncGenerator<Pixels> {
    await this.#flush()
    let run = 0
    for (let from = 0; from < picked.length;) {
      const first = picked[from]
      while ((this.#runs[run + 1]?.row ?? Infinity) <= first) run++
      const { kind, row, begin } = this.#runs[run]
      const rowBytes = width * itemBytes(kind)
      const last = Math.min(
        this.#runs[run + 1]?.row ?? Infinity,
        first + Math.max(1, Math.floor(blockBytes / rowBytes)),
      )
      let to = from
      while (to < picked.length && picked[to] < last) to++
      const span = (picked[to - 1] - first + 1) * rowBytes
      const bytes = await this.#read(begin + (first - row) * rowBytes, span)
      const found = new Uint8Array((to - from) * rowBytes)
      for (let at = from; at < to; at++) {
        const source = (picked[at] - first) * rowBytes
        found.set(bytes.subarray(source, source + rowBytes), (at - from) * rowBytes)
      }
      yield kind === 'bytes' ? found : new Float32Array(found.buffer)
      from = to
    }
  }

  /** Closes and deletes the file. */
  async remove(): Promise<void> {
    await this.file.close()
    await rm(this.path, { force: true })
  }

  async #flush(): Promise<void> {
    if (this.#pendingBytes === 0) return
    const block = Buffer.concat(this.#pending)
    this.#pending = []
    this.#pendingBytes = 0
    await this.file.writeFile(block)
  }

  async #read(position: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length;) {
      const { bytesRead } = await this.file.read(bytes, at, length - at, position + at)
      if (bytesRead === 0) throw new RangeError(`${position + length} is beyond the end of ${this.path}`)
      at += bytesRead
    }
    return bytes
  }
}
