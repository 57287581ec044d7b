import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { npyParts } from '../../../src/main/datasets/npy'
import { readNpz, writeNpz } from '../../../src/main/datasets/npz'
import { readPairArrays } from '../../../src/main/datasets/pairArrays'
import { fixture } from './fixture'

/** An archive whose array has this header text and data. */
function forged(header: string, data: Uint8Array): Uint8Array {
  const npy = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1'), Buffer.from(header), data])
  npy.writeUInt16LE(header.length, 8)
  return zipSync({ 'x.npy': npy })
}

const header = (descr: string, shape: string) => `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`

describe('NumPy archives', () => {
  it('gives every number that numpy wrote, whatever its type, byte order and axis order', () => {
    const arrays = readNpz(fixture('npz/types.npz'), 'types.npz')
    expect(arrays.big).toEqual({ shape: [2, 2], data: Float32Array.of(0, 1, 2, 3) })
    expect(arrays.wide).toEqual({ shape: [2], data: Float64Array.of(-1, 2 ** 40) })
    expect(arrays.short).toEqual({ shape: [2], data: Int32Array.of(-3, 300) })
    expect(arrays.half).toEqual({
      shape: [5],
      data: Float32Array.of(1.5, -2, 65504, 2 ** -24, Infinity),
    })
    expect(arrays.flags).toEqual({ shape: [2], data: Int32Array.of(1, 0) })
    expect(arrays.unsigned).toEqual({ shape: [1], data: Float64Array.of(4294967295) })
    expect(arrays.fortran).toEqual({
      shape: [2, 3, 4],
      data: Float64Array.from({ length: 24 }, (_, i) => i),
    })
    expect(arrays.scalar).toEqual({ shape: [], data: Float32Array.of(2.5) })
    expect(arrays.empty).toEqual({ shape: [0, 7], data: new Float32Array(0) })
  })

  it('gives texts as strings', () => {
    const { meta, bytestext } = readNpz(fixture('npz/types.npz'), 'types.npz')
    expect(JSON.parse(meta as string)).toEqual({ kind: 'mcae', note: 'größer 😀' })
    expect(bytestext).toBe('{"kind":"ae"}')
  })

  it('reads compressed archives', () => {
    expect(readNpz(fixture('npz/flat.npz'), 'flat.npz').y).toEqual({
      shape: [6],
      data: Uint8Array.of(1, 2, 3, 1, 2, 3),
    })
  })

  it('reads what it wrote', () => {
    const arrays = {
      W: { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, NaN) },
      c: { shape: [2], data: Float64Array.of(0.1, -0.2) },
      labels: { shape: [1, 1, 1], data: Int32Array.of(-9) },
      bytes: { shape: [0, 4], data: new Uint8Array(0) },
      meta: '{"note": "größer 😀"}',
    }
    const read = readNpz(writeNpz(arrays), 'own.npz')
    expect(read).toEqual({
      W: { ...arrays.W },
      c: { ...arrays.c },
      labels: { ...arrays.labels },
      bytes: { ...arrays.bytes },
      meta: arrays.meta,
    })
    expect(writeNpz(arrays)).toEqual(writeNpz(arrays))
  })

  it('gives pairs of rows to score', () => {
    const { n, x, y } = readPairArrays(fixture('npz/pairs.npz'), 'pairs.npz')
    expect([n, x.length, y?.length]).toEqual([5, 45, 80])
    const bytes = writeNpz({
      x: { shape: [2, 1], data: Float32Array.of(1, 2) },
      y: { shape: [1, 1], data: Float32Array.of(1) },
    })
    expect(() => readPairArrays(bytes, 'a.npz')).toThrow('x has 2 rows and y has 1')
    expect(() => readPairArrays(writeNpz({ meta: 'x' }), 'a.npz')).toThrow('There is no array x')
  })

  const whole = fixture('npz/images.npz')
  const corrupted = whole.slice()
  corrupted[200]! ^= 1
  const wrongSize = whole.slice()
  new DataView(wrongSize.buffer).setUint32(wrongSize.length - 22 + 16, 5, true)

  it.each([
    ['pickled objects', fixture('npz/pickled.npz'), 'NPY_PICKLED', 'pickled'],
    ['complex numbers', fixture('npz/complex.npz'), 'NPY_DTYPE', '<c16'],
    [
      'a structure',
      forged("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }\n", new Uint8Array(4)),
      'NPY_DTYPE',
      'a structure',
    ],
    [
      'a header without a shape',
      forged("{'descr': '<f4', 'fortran_order': False, }\n", new Uint8Array(4)),
      'NPY_DAMAGED',
      'header',
    ],
    [
      'a shape that lies',
      forged(header('<f4', '(4000000000, 784)'), new Uint8Array(16)),
      'NPY_DAMAGED',
      '12,544,000,000,000 bytes promised, 16 found',
    ],
    ['trailing bytes', forged(header('<f4', '(1,)'), new Uint8Array(5)), 'NPY_DAMAGED', '4 bytes promised, 5 found'],
    ['an entry that is no array', zipSync({ 'x.npy': Buffer.from('hello there') }), 'NPY_DAMAGED', 'no NumPy array'],
    ['an empty file', new Uint8Array(0), 'NPZ_DAMAGED', 'cut off'],
    ['one byte', Uint8Array.of(0), 'NPZ_DAMAGED', 'cut off'],
    ['a truncated archive', whole.subarray(0, -30), 'NPZ_DAMAGED', 'cut off'],
    ['a changed byte', corrupted, 'NPZ_DAMAGED', 'checksum'],
    ['a directory elsewhere', wrongSize, 'NPZ_DAMAGED', 'directory'],
  ])('refuses %s', (_, bytes, code, message) => {
    expect(() => readNpz(bytes, 'bad.npz')).toThrow(expect.objectContaining({ code }))
    expect(() => readNpz(bytes, 'bad.npz')).toThrow(message)
  })

  it('inflates no more than an archive promises', () => {
    const bomb = zipSync({ 'x.npy': new Uint8Array(1_000_000) })
    const view = new DataView(bomb.buffer)
    const central = bomb.length - 22 - 46 - 'x.npy'.length
    view.setUint32(central + 24, 100, true)
    expect(() => readNpz(bomb, 'bomb.npz')).toThrow(expect.objectContaining({ code: 'NPZ_DAMAGED' }))
  })

  it('never writes what numpy has no type for', () => {
    expect(() => npyParts({ shape: [1], data: new BigInt64Array(1) as never })).toThrow('no NumPy type')
  })
})
