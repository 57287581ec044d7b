import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../../src/main/store/safetensors'

const weights = () =>
  encodeSafetensors(
    {
      bytes: { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 255) },
      W: { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, -2.5, 0, 1e-30, Infinity, NaN) },
      v: { dtype: 'F64', shape: [1], data: Float64Array.of(Math.PI) },
      step: { dtype: 'I32', shape: [], data: Int32Array.of(-7) },
      empty: { dtype: 'F32', shape: [0, 784], data: new Float32Array(0) },
    },
    { kind: 'mcae', note: 'größer "x"' },
  )

/** A file with this JSON header and so many bytes of data. */
function file(header: unknown, dataBytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + json.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  return bytes
}

const floats = (shape: number[], begin: number, end: number) => ({ dtype: 'F32', shape, data_offsets: [begin, end] })

describe('safetensors', () => {
  it('gives back what was put in, bit for bit', () => {
    const { tensors, metadata } = decodeSafetensors(weights(), 'w.safetensors')
    expect(metadata).toEqual({ kind: 'mcae', note: 'größer "x"' })
    expect(tensors.W).toEqual({ dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, -2.5, 0, 1e-30, Infinity, NaN) })
    expect(tensors.bytes?.data).toEqual(Uint8Array.of(1, 2, 255))
    expect(tensors.v?.data).toEqual(Float64Array.of(Math.PI))
    expect(tensors.step).toEqual({ dtype: 'I32', shape: [], data: Int32Array.of(-7) })
    expect(tensors.empty).toEqual({ dtype: 'F32', shape: [0, 784], data: new Float32Array(0) })
  })

  it('aligns every tensor, so that other readers can map the file', () => {
    const bytes = weights()
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
    expect(length % 8).toBe(0)
    for (const [name, size] of [
      ['W', 4],
      ['v', 8],
      ['step', 4],
    ] as const) {
      expect(header[name].data_offsets[0] % size).toBe(0)
    }
  })

  it('reads a file at an odd place in memory', () => {
    const bytes = weights()
    for (const shifted of [new Uint8Array(bytes.length + 1), Buffer.alloc(bytes.length + 1)]) {
      shifted.set(bytes, 1)
      expect(decodeSafetensors(shifted.subarray(1), 'w').tensors.v?.data).toEqual(Float64Array.of(Math.PI))
    }
  })

  it.each([
    ['is empty', new Uint8Array(0), 'no safetensors file'],
    ['ends within the header', weights().subarray(0, 20), 'a header of'],
    ['ends within the data', weights().subarray(0, -1), 'bytes promised'],
    ['has trailing bytes', file({ a: floats([1], 0, 4) }, 5), 'bytes promised'],
    ['promises a header of 2^63 bytes', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128, 1), 'a header of'],
    ['has a header that is no JSON', file('{"a"', 0), 'no JSON'],
    ['has a header that is a list', file([], 0), 'no JSON object'],
    ['has an unknown dtype', file({ a: { dtype: 'BF16', shape: [1], data_offsets: [0, 2] } }, 2), 'BF16'],
    ['has a negative size', file({ a: floats([-1], 0, 4) }, 4), 'no valid shape'],
    ['has offsets of another size', file({ a: floats([2], 0, 4) }, 4), 'needs 8 bytes and has 4'],
    ['has overlapping tensors', file({ a: floats([2], 0, 8), b: floats([1], 4, 8) }, 8), 'overlaps'],
    ['has a gap', file({ a: floats([1], 0, 4), b: floats([1], 8, 12) }, 12), 'gap'],
    ['has metadata that are no texts', file({ __metadata__: { n: 1 } }, 0), 'metadata'],
  ])('refuses a file that %s', (_, bytes, message) => {
    const decode = () => decodeSafetensors(bytes, 'w.safetensors')
    expect(decode).toThrow(expect.objectContaining({ code: 'SAFETENSORS_DAMAGED', where: 'w.safetensors' }))
    expect(decode).toThrow(message)
  })
})
