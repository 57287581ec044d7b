import { describe, expect, test } from 'vitest'
import { frameCodec } from '../../../src/shared/codec'
import { checkFrame } from '../../../src/shared/frameBounds'

const { encode } = frameCodec()
const lengths = [0, 1, 15, 16, 31, 32, 255, 256, 65_535, 65_536]
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]))

/** Every head that MessagePack has. */
const values: [string, unknown][] = [
  ['nothing and flags', [null, true, false]],
  ['numbers of every width', [0, 127, 128, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 0.5]],
  ['negative numbers of every width', [-1, -32, -33, -128, -129, -32_768, -32_769, -(2 ** 31), -(2 ** 31) - 1]],
  ...lengths.flatMap((length): [string, unknown][] => [
    [`a text of ${length}`, 'x'.repeat(length)],
    [`bytes of ${length}`, new Uint8Array(length)],
    [`an extension of ${length}`, new Int8Array(length)],
    [`a list of ${length}`, Array.from({ length }, (_, index) => index)],
    [`a map of ${length}`, keys(length)],
  ]),
  ['extensions of fixed lengths', [1, 2, 4, 8, 16].map((length) => new Int8Array(length))],
  ['a number of 32 bits', new Float32Array([1])],
]

describe('the walk through a frame', () => {
  test.each(values)('passes %s', (_name, value) => {
    expect(() => checkFrame(encode(value))).not.toThrow()
    expect(() => checkFrame(encode({ before: [value], after: value }))).not.toThrow()
  })

  test.each(values)('notices where %s is cut off, and what follows it', (_name, value) => {
    const frame = encode([value])
    for (const end of [0, 1, frame.length - 1, Math.floor(frame.length / 2)]) {
      expect(() => checkFrame(frame.subarray(0, end))).toThrow(expect.objectContaining({ code: 'FRAME_MALFORMED' }))
    }
    expect(() => checkFrame(Uint8Array.from([...frame, 0]))).toThrow('followed by something else')
  })

  test('passes single floats, which others write', () => {
    expect(() => checkFrame(new Uint8Array([0xca, 0, 0, 0, 0]))).not.toThrow()
    expect(() => checkFrame(new Uint8Array([0xca, 0, 0, 0]))).toThrow('cut off')
  })

  test('bounds the depth and the number of values', () => {
    const nested = (depth: number) => new Uint8Array([...Array.from({ length: depth }, () => 0x91), 0xc0])
    expect(() => checkFrame(nested(64))).not.toThrow()
    expect(() => checkFrame(nested(65))).toThrow('nested deeper than 64')
    const flat = new Uint8Array(5 + 4_000_000).fill(0xc0)
    flat.set([0xdd, 0, 0x3d, 0x09, 0])
    expect(() => checkFrame(flat)).toThrow('of more than 4000000 values')
  })
})
