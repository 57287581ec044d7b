import { describe, expect, test } from 'vitest'
import { frameCodec } from '../../../src/shared/codec'

const { encode, decode } = frameCodec()
const through = (value: unknown): unknown => decode(encode(value))

describe('a frame', () => {
  test.each([
    new Float32Array([0, -0, Math.fround(0.1), NaN, Infinity, -1e-38]),
    new Float64Array([0.1, Math.PI, -Infinity]),
    new Int8Array([-128, 127]),
    new Int16Array([-32768, 32767]),
    new Int32Array([-2147483648, 2147483647]),
    new Uint8Array([0, 255]),
    new Uint8ClampedArray([0, 255]),
    new Uint16Array([0, 65535]),
    new Uint32Array([0, 4294967295]),
    new Float32Array(0),
  ])('keeps kind and values of %o', (array) => {
    const back = through({ odd: 'x', array }) as { array: unknown }
    expect(Object.getPrototypeOf(back.array)).toBe(Object.getPrototypeOf(array))
    expect(back.array).toEqual(array)
  })

  test('keeps a view into a larger buffer, and nothing of the rest', () => {
    const all = new Float32Array([1, 2, 3, 4, 5, 6])
    expect(through(all.subarray(2, 4))).toEqual(new Float32Array([3, 4]))
    expect(encode(all.subarray(2, 4)).byteLength).toBeLessThan(12)
  })

  test('is read out of the middle of a buffer', () => {
    const frame = encode({ array: new Float64Array([1, 2]) })
    const shifted = new Uint8Array(frame.byteLength + 3)
    shifted.set(frame, 3)
    expect(decode(shifted.subarray(3))).toEqual({ array: new Float64Array([1, 2]) })
  })

  test('out of a Buffer of Node, which may lie in a pool, gives the same', () => {
    const frame = encode({ array: new Float32Array([1, 2]), bytes: new Uint8Array([3, 4]) })
    const { array, bytes } = decode(Buffer.from(frame)) as { array: Float32Array; bytes: Uint8Array }
    expect(array).toEqual(new Float32Array([1, 2]))
    expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype)
    expect(bytes).toEqual(new Uint8Array([3, 4]))
  })

  test('keeps plain data, null among it, and leaves out what is undefined', () => {
    const data = { text: 'ä\u{1F600}', number: -1.5, whole: 2 ** 40, list: [1, null, [true]], nothing: null }
    expect(through({ ...data, absent: undefined })).toEqual(data)
    expect(through({ absent: undefined })).not.toHaveProperty('absent')
  })

  test('above the limit is refused at both ends, with a code and a remedy', () => {
    const small = frameCodec(100)
    expect(() => small.encode(new Uint8Array(200))).toThrow(expect.objectContaining({ code: 'FRAME_TOO_LARGE' }))
    expect(() => small.decode(encode(new Uint8Array(200)))).toThrow(
      expect.objectContaining({ code: 'FRAME_TOO_LARGE' }),
    )
  })

  test('that is text, broken off, or holds half an element is refused', () => {
    expect(() => decode('{}')).toThrow()
    expect(() => decode(encode([1, 2, 3]).subarray(0, 2))).toThrow()
    expect(() => decode(new Uint8Array([0xc7, 3, 1, 0, 0, 0]))).toThrow('broken length')
  })
})
