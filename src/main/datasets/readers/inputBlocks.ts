import { setImmediate } from 'node:timers/promises'
import type { Work } from '../work'

/** A file to import, read in blocks. */
export interface InputFile {
  /** As the user said it: names the file in errors. */
  name: string
  size: number
  /** The path, where it was not handed over as bytes. */
  path: string | null
  /** Some bytes; fewer at the end of the file. */
  read(at: number, length: number): Promise<Uint8Array>
}

/** As much as is read at once: parsed within a frame. */
const blockBytes = 256 * 1024

export const copyAgain = 'Copy it again; nothing was imported.'

/** Bytes of a file in blocks, from `begin` to before `end`. Tells progress, and lets the process answer others. */
export async function* blocksOf(
  file: InputFile,
  { signal, onProgress }: Work,
  begin = 0,
  end = file.size,
): AsyncGenerator<Uint8Array> {
  for (let at = begin; at < end;) {
    signal?.throwIfAborted()
    const block = await file.read(at, Math.min(blockBytes, end - at))
    if (block.length === 0) return
    yield block
    at += block.length
    onProgress?.(at / file.size)
    await setImmediate()
  }
}
