import { WorkbenchError } from '../../shared/errors'

/**
 * The safetensors format: a little-endian uint64 header length, a JSON header {name: {dtype, shape, data_offsets}}, then
 * the bytes of all tensors without gaps. https://huggingface.co/docs/safetensors
 */
export type TensorData = Float32Array | Float64Array | Uint8Array | Int32Array
export type SafetensorsDtype = 'F32' | 'F64' | 'U8' | 'I32'

export interface SafetensorsTensor {
  dtype: SafetensorsDtype
  shape: number[]
  data: TensorData
}

/** A tensor whose data may come while it is written: in blocks of its dtype, as many values as the shape says. */
export interface SafetensorsSource {
  dtype: SafetensorsDtype
  shape: number[]
  data: TensorData | (() => AsyncIterable<TensorData>)
}

export interface Safetensors {
  tensors: Record<string, SafetensorsTensor>
  metadata: Record<string, string>
}

/** Where a tensor lies in its file; `begin` and `end` count from the start of the file. */
export interface TensorPlace {
  dtype: SafetensorsDtype
  shape: number[]
  begin: number
  end: number
}

export interface SafetensorsLayout {
  places: Record<string, TensorPlace>
  metadata: Record<string, string>
}

/** Longest header that is read: the reference implementation's limit. */
const largestHeader = 100_000_000
export const prefixBytes = 8

const arrays = { F32: Float32Array, F64: Float64Array, U8: Uint8Array, I32: Int32Array } as const

export const itemBytes = (dtype: SafetensorsDtype): number => arrays[dtype].BYTES_PER_ELEMENT

const bytesOf = (data: TensorData): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/** Bytes as a typed array of a dtype: a view where they are aligned, else a copy. */
export function tensorData(dtype: SafetensorsDtype, bytes: Uint8Array): TensorData {
  const size = itemBytes(dtype)
  // Not slice(): a Buffer's shares its memory.
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes)
  return new arrays[dtype](aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / size)
}

/**
 * Prefix and header, padded to eight bytes, and the tensors in the order of their data: wider items first, so that every
 * one is aligned.
 */
function layOut<Tensor extends { dtype: SafetensorsDtype; shape: number[] }>(
  tensors: Record<string, Tensor>,
  metadata: Record<string, string>,
): { head: Uint8Array; ordered: [name: string, tensor: Tensor][] } {
  const ordered = Object.entries(tensors).sort(([, a], [, b]) => itemBytes(b.dtype) - itemBytes(a.dtype))
  const header: Record<string, unknown> = { __metadata__: metadata }
  let offset = 0
  for (const [name, { dtype, shape }] of ordered) {
    const bytes = itemCount(shape) * itemBytes(dtype)
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes] }
    offset += bytes
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const headerBytes = Math.ceil(json.length / 8) * 8
  const head = new Uint8Array(prefixBytes + headerBytes).fill(0x20)
  new DataView(head.buffer).setBigUint64(0, BigInt(headerBytes), true)
  head.set(json, prefixBytes)
  return { head, ordered }
}

const disagree = (name: string, { dtype, shape }: { dtype: SafetensorsDtype; shape: number[] }): TypeError =>
  new TypeError(`tensor ${name}: data do not agree with ${dtype} [${shape.join(', ')}]`)

/** A file in parts, to be written one after the other: header, then each tensor's own bytes (not copied). */
export function safetensorsParts(
  tensors: Record<string, SafetensorsTensor>,
  metadata: Record<string, string>,
): Uint8Array[] {
  for (const [name, tensor] of Object.entries(tensors)) {
    const { dtype, shape, data } = tensor
    if (!(data instanceof arrays[dtype]) || data.length !== itemCount(shape)) throw disagree(name, tensor)
  }
  const { head, ordered } = layOut(tensors, metadata)
  return [head, ...ordered.map(([, { data }]) => bytesOf(data))]
}

/** The same for data that come while they are written. */
export async function* safetensorsStream(
  tensors: Record<string, SafetensorsSource>,
  metadata: Record<string, string>,
): AsyncGenerator<Uint8Array> {
  const { head, ordered } = layOut(tensors, metadata)
  yield head
  for (const [name, tensor] of ordered) {
    let count = 0
    for await (const block of typeof tensor.data === 'function' ? tensor.data() : [tensor.data]) {
      if (!(block instanceof arrays[tensor.dtype])) throw disagree(name, tensor)
      count += block.length
      yield bytesOf(block)
    }
    if (count !== itemCount(tensor.shape)) throw disagree(name, tensor)
  }
}

/** A whole file in memory. */
export function encodeSafetensors(
  tensors: Record<string, SafetensorsTensor>,
  metadata: Record<string, string>,
): Uint8Array {
  const parts = safetensorsParts(tensors, metadata)
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const itemCount = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

const damaged = (where: string, message: string): WorkbenchError =>
  new WorkbenchError('SAFETENSORS_DAMAGED', message, {
    where,
    remedy: 'Restore the file from a copy, or make it again.',
  })

/**
 * Length of the JSON header, from the first eight bytes.
 * @throws SAFETENSORS_DAMAGED where it does not fit into the file
 */
export function headerLength(prefix: Uint8Array, fileBytes: number, where: string): number {
  if (prefix.length < prefixBytes) throw damaged(where, `${prefix.length} bytes are no safetensors file`)
  const length = new DataView(prefix.buffer, prefix.byteOffset, prefixBytes).getBigUint64(0, true)
  if (length > BigInt(Math.min(largestHeader, fileBytes - prefixBytes))) {
    throw damaged(where, `a header of ${length} bytes is promised, the file has ${fileBytes}`)
  }
  return Number(length)
}

/**
 * Reads and checks a header: dtypes, shapes, and offsets that cover the data without gap or overlap.
 * @throws SAFETENSORS_DAMAGED
 */
export function parseHeader(json: Uint8Array, fileBytes: number, where: string): SafetensorsLayout {
  const start = prefixBytes + json.length
  const { __metadata__: metadata, ...entries } = parseObject(json, where)
  const places: Record<string, TensorPlace> = {}
  for (const [name, entry] of Object.entries(entries)) places[name] = parsePlace(name, entry, start, where)
  let covered = start
  for (const [name, place] of Object.entries(places).sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end)) {
    if (place.begin !== covered) throw damaged(where, `tensor ${name} leaves a gap or overlaps another`)
    covered = place.end
  }
  if (covered !== fileBytes) throw damaged(where, `${covered} bytes promised, ${fileBytes} found`)
  return { places, metadata: parseMetadata(metadata, where) }
}

function parseObject(json: Uint8Array, where: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json))
  } catch (cause) {
    throw damaged(where, `the header is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(where, 'the header is no JSON object')
  }
  return value as Record<string, unknown>
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function parsePlace(name: string, entry: unknown, start: number, where: string): TensorPlace {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>
  if (typeof dtype !== 'string' || !Object.hasOwn(arrays, dtype)) {
    throw damaged(where, `tensor ${name} has the dtype ${String(dtype)}; F32, F64, U8 and I32 can be read`)
  }
  if (!Array.isArray(shape) || !shape.every(isSize)) throw damaged(where, `tensor ${name} has no valid shape`)
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    throw damaged(where, `tensor ${name} has no valid offsets`)
  }
  const [begin, end] = offsets as [number, number]
  const bytes = itemCount(shape) * itemBytes(dtype as SafetensorsDtype)
  if (end - begin !== bytes) throw damaged(where, `tensor ${name} needs ${bytes} bytes and has ${end - begin}`)
  return { dtype: dtype as SafetensorsDtype, shape, begin: start + begin, end: start + end }
}

function parseMetadata(metadata: unknown, where: string): Record<string, string> {
  if (metadata === undefined) return {}
  const entries = typeof metadata === 'object' && metadata !== null ? Object.entries(metadata) : null
  if (entries === null || !entries.every(([, value]) => typeof value === 'string')) {
    throw damaged(where, 'its metadata are no map of texts')
  }
  return Object.fromEntries(entries)
}

/**
 * Reads a whole file.
 * @param where the file's name, for errors
 * @throws SAFETENSORS_DAMAGED
 */
export function decodeSafetensors(bytes: Uint8Array, where: string): Safetensors {
  const length = headerLength(bytes.subarray(0, prefixBytes), bytes.length, where)
  const layout = parseHeader(bytes.subarray(prefixBytes, prefixBytes + length), bytes.length, where)
  const tensors: Record<string, SafetensorsTensor> = {}
  for (const [name, { dtype, shape, begin, end }] of Object.entries(layout.places)) {
    tensors[name] = { dtype, shape, data: tensorData(dtype, bytes.subarray(begin, end)) }
  }
  return { tensors, metadata: layout.metadata }
}
