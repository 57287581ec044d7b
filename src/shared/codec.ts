import { decode, encode, ExtensionCodec } from '@msgpack/msgpack'
import { WorkbenchError } from './errors'
import { checkFrame } from './frameBounds'

/** The largest frame that either end sends or takes, in bytes: a dropped dataset file and its envelope fit. */
export const frameLimit = 256 * 1024 * 1024

type TypedArray =
  Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | Uint8ClampedArray | Uint16Array | Uint32Array

interface TypedArrayKind {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBuffer): TypedArray
}

/** Extension type of each kind; a number, once given, keeps its meaning. Uint8Array is MessagePack's own `bin`. */
const kinds: [number, TypedArrayKind][] = [
  [1, Float32Array],
  [2, Float64Array],
  [3, Int8Array],
  [4, Int16Array],
  [5, Int32Array],
  [6, Uint8ClampedArray],
  [7, Uint16Array],
  [8, Uint32Array],
]

/**
 * MessagePack alone turns any typed array into a Uint8Array at whatever offset it has in the frame. This keeps the kind,
 * and copies into a buffer of its own, so that the elements are aligned. Elements cross in the machine's byte order:
 * both ends run on one machine.
 */
function typedArrays(): ExtensionCodec {
  const codec = new ExtensionCodec()
  for (const [type, Kind] of kinds) {
    codec.register({
      type,
      encode: (value) =>
        value instanceof Kind ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null,
      decode: (bytes) => {
        if (bytes.byteLength % Kind.BYTES_PER_ELEMENT !== 0) throw new RangeError('a typed array of broken length')
        return new Kind(new Uint8Array(bytes).buffer)
      },
    })
  }
  return codec
}

const extensionCodec = typedArrays()

const tooLarge = (bytes: number, limit: number): WorkbenchError =>
  new WorkbenchError('FRAME_TOO_LARGE', `${bytes} bytes in one message, ${limit} at most`, {
    remedy: 'Send less at once; a large dataset is imported on the command line.',
  })

/**
 * Frames of both pipes: MessagePack that keeps typed arrays. The shape is what tRPC wants of an encoder.
 * @param limit the largest frame in bytes
 */
export const frameCodec = (limit: number = frameLimit) => ({
  /** @throws WorkbenchError FRAME_TOO_LARGE */
  encode(data: unknown): Uint8Array<ArrayBuffer> {
    const frame = encode(data, { extensionCodec, ignoreUndefined: true })
    if (frame.byteLength > limit) throw tooLarge(frame.byteLength, limit)
    return frame
  },
  /** @throws WorkbenchError FRAME_TOO_LARGE, FRAME_MALFORMED; an Error where a value is not of this protocol */
  decode(data: string | ArrayBuffer | Uint8Array): unknown {
    if (typeof data === 'string') throw new TypeError('a text frame, where only bytes are spoken')
    if (data.byteLength > limit) throw tooLarge(data.byteLength, limit)
    // Node's Buffer, a Uint8Array whose slice() does not copy, goes no further.
    const bytes =
      data instanceof Uint8Array ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
    checkFrame(bytes)
    return decode(bytes, { extensionCodec })
  },
})

/** Values cross as they are. Without it tRPC types every answer as JSON would leave it, and typed arrays as plain objects. */
export const unchanged = {
  serialize: (value: unknown): unknown => value,
  deserialize: (value: unknown): unknown => value,
}
