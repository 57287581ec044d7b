import { open, type FileHandle } from 'node:fs/promises'
import { systemError, WorkbenchError } from '../../shared/errors'
import {
  headerLength,
  itemBytes,
  parseHeader,
  prefixBytes,
  tensorData,
  type SafetensorsLayout,
  type TensorData,
  type TensorPlace,
} from './safetensors'

/** Node reads at most 2 GiB in one call. */
const blockBytes = 1024 * 1024 * 1024

async function withFile<Value>(path: string, act: (file: FileHandle) => Promise<Value>): Promise<Value> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (cause) {
    const known = systemError(cause, path)
    if (known !== null && known.code !== 'PATH_WRONG') throw known
    throw new WorkbenchError('FILE_UNREADABLE', 'The file cannot be read', {
      where: path,
      remedy: 'Restore it from a copy, or make it again.',
      cause,
    })
  }
  try {
    return await act(file)
  } finally {
    await file.close()
  }
}

async function readInto(file: FileHandle, target: Uint8Array, position: number, path: string): Promise<void> {
  for (let at = 0; at < target.length;) {
    const length = Math.min(blockBytes, target.length - at)
    const { bytesRead } = await file.read(target, at, length, position + at)
    if (bytesRead === 0) {
      throw new WorkbenchError('SAFETENSORS_DAMAGED', 'The file ends too early', {
        where: path,
        remedy: 'Restore it from a copy, or make it again.',
      })
    }
    at += bytesRead
  }
}

/**
 * Header of a file, checked against the file's size.
 * @throws FILE_UNREADABLE, SAFETENSORS_DAMAGED
 */
export function readLayout(path: string): Promise<SafetensorsLayout> {
  return withFile(path, async (file) => {
    const { size } = await file.stat()
    const prefix = new Uint8Array(Math.min(prefixBytes, size))
    await readInto(file, prefix, 0, path)
    const header = new Uint8Array(headerLength(prefix, size, path))
    await readInto(file, header, prefixBytes, path)
    return parseHeader(header, size, path)
  })
}

/** One tensor, whole. */
export function readTensor(path: string, place: TensorPlace): Promise<TensorData> {
  return withFile(path, async (file) => {
    const bytes = new Uint8Array(place.end - place.begin)
    await readInto(file, bytes, place.begin, path)
    return tensorData(place.dtype, bytes)
  })
}

/** Rows `from` to before `to` (first axis) of one tensor. */
export function readTensorRange(path: string, place: TensorPlace, from: number, to: number): Promise<TensorData> {
  return withFile(path, async (file) => {
    const bytes = new Uint8Array((to - from) * rowBytesOf(place))
    await readInto(file, bytes, place.begin + from * rowBytesOf(place), path)
    return tensorData(place.dtype, bytes)
  })
}

const rowBytesOf = ({ dtype, shape }: TensorPlace): number =>
  shape.slice(1).reduce((product, size) => product * size, itemBytes(dtype))

/** Rows (first axis) of one tensor, in the order asked for, without reading the rest. */
export function readTensorRows(path: string, place: TensorPlace, indices: Iterable<number>): Promise<TensorData> {
  return withFile(path, async (file) => {
    const rows = [...indices]
    const total = place.shape[0] ?? 0
    const rowBytes = rowBytesOf(place)
    const bytes = new Uint8Array(rows.length * rowBytes)
    for (const [at, row] of rows.entries()) {
      if (!(row >= 0 && row < total)) throw new RangeError(`row ${row} of ${total}`)
      await readInto(file, bytes.subarray(at * rowBytes, (at + 1) * rowBytes), place.begin + row * rowBytes, path)
    }
    return tensorData(place.dtype, bytes)
  })
}
