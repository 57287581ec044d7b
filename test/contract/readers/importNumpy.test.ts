import { readdir } from 'node:fs/promises'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { readNpz, writeNpz } from '../../../src/main/datasets/npz'
import { npy, npz } from '../../support/npy'
import { fixture } from './fixture'
import { file, none, request, Workspace } from './workspace'

const space = new Workspace()

describe('import of NumPy files', () => {
  it('reads images with labels', async () => {
    const dataset = await importDataset(
      request({ files: [file('images.npz', fixture('npz/images.npz'))], split: none }),
      space.folder,
    )
    expect(dataset).toMatchObject({
      kind: 'images',
      shape: [4, 3],
      classes: ['0', '1', '2'],
      n: { train: 6, valid: 0, test: 0 },
    })
    const { x } = readNpz(fixture('npz/images.npz'), 'x') as unknown as { x: { data: Uint8Array } }
    const train = await (await space.open(dataset)).split('train')
    expect(train.x).toEqual(Float32Array.from(x.data, (value) => value / 255))
    expect(train.labels).toEqual(Int32Array.of(0, 1, 2, 0, 1, 2))
  })

  it('reads flat rows of a shape that is said; labels 1, 2, 3 stay as names', async () => {
    const flat = [file('flat.npz', fixture('npz/flat.npz'))]
    await expect(importDataset(request({ files: flat }), space.folder)).rejects.toMatchObject({ code: 'SHAPE_NEEDED' })
    await expect(importDataset(request({ files: flat, shape: [5, 5] }), space.folder)).rejects.toMatchObject({
      code: 'SHAPE_MISMATCH',
    })
    const dataset = await importDataset(request({ files: flat, shape: [2, 6], split: none }), space.folder)
    expect(dataset).toMatchObject({ shape: [2, 6], classes: ['1', '2', '3'] })
    const train = await (await space.open(dataset)).split('train')
    expect(train.labels).toEqual(Int32Array.of(0, 1, 2, 0, 1, 2))
    const { x } = readNpz(fixture('npz/flat.npz'), 'x') as unknown as { x: { data: Float32Array } }
    expect(train.x).toEqual(x.data)
  })

  it('reads pairs of unlike shapes', async () => {
    const dataset = await importDataset(
      request({ files: [file('pairs.npz', fixture('npz/pairs.npz'))], split: none }),
      space.folder,
    )
    expect(dataset).toMatchObject({ kind: 'pairs', shape: [3, 3], targetShape: [4, 4], classes: null })
    const { x, y } = readNpz(fixture('npz/pairs.npz'), 'x') as Record<'x' | 'y', { data: Float64Array }>
    const train = await (await space.open(dataset)).split('train')
    expect(train).toEqual({ n: 5, x: Float32Array.from(x.data), y: Float32Array.from(y.data), labels: null })
  })

  it('reads single arrays, with labels in another file', async () => {
    const npyOf = (name: 'x' | 'y') => {
      const bytes = writeNpz({
        [name]: {
          shape: name === 'x' ? [4, 4] : [4],
          data: Uint8Array.from({ length: name === 'x' ? 16 : 4 }, (_, i) => (name === 'x' ? 16 * i : i)),
        },
      })
      // The array as it lies in the archive, stored: after the local header and the name.
      return bytes.slice(30 + 5, bytes.length - 22 - 46 - 5)
    }
    const dataset = await importDataset(
      request({ files: [file('x.npy', npyOf('x'))], labels: file('y.npy', npyOf('y')), split: none }),
      space.folder,
    )
    expect(dataset).toMatchObject({ shape: [2, 2], classes: ['0', '1', '2', '3'] })
  })

  /** Values of a 3 x 2 x 2 array, as the types below write them. */
  const whole = [0, 1, 2, 3, 40, 50, 60, 70, 80, 90, 100, 127]
  const writers: Record<string, (view: DataView, at: number, value: number, little: boolean) => void> = {
    b1: (view, at, value) => view.setUint8(at, value),
    i1: (view, at, value) => view.setInt8(at, value),
    u1: (view, at, value) => view.setUint8(at, value),
    i2: (view, at, value, little) => view.setInt16(at, value, little),
    u2: (view, at, value, little) => view.setUint16(at, value, little),
    i4: (view, at, value, little) => view.setInt32(at, value, little),
    u4: (view, at, value, little) => view.setUint32(at, value, little),
    i8: (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
    u8: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
    f4: (view, at, value, little) => view.setFloat32(at, value, little),
    f8: (view, at, value, little) => view.setFloat64(at, value, little),
  }
  const kinds = Object.keys(writers).flatMap((kind) => [`<${kind}`, `>${kind}`])

  it.each(kinds)('reads %s in C and in Fortran order, plain, archived and packed', async (descr) => {
    const [kind, little] = [descr.slice(1), descr.startsWith('<')]
    const size = Number(kind.slice(1))
    const bytesOf = (order: readonly number[]) => {
      const bytes = new Uint8Array(order.length * size)
      const view = new DataView(bytes.buffer)
      for (const [position, at] of order.entries()) writers[kind]!(view, position * size, whole[at]!, little)
      return bytes
    }
    const inC = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    const inFortran = [0, 4, 8, 2, 6, 10, 1, 5, 9, 3, 7, 11]
    const arrays = [npy(descr, [3, 2, 2], bytesOf(inC)), npy(descr, [3, 2, 2], bytesOf(inFortran), true)]
    const sources = arrays.flatMap((x) => [file('x.npy', x), file('x.npz', npz({ x })), file('x.npz', npz({ x }, 6))])
    for (const source of sources) {
      const dataset = await importDataset(request({ files: [source], split: none }), space.folder)
      const train = await (await space.open(dataset)).split('train')
      const unit = kind === 'b1' ? 1 : 255
      const expected = kind === 'b1' ? whole.map((value) => Number(value > 0)) : whole
      expect(train.x).toEqual(Float32Array.from(expected, (value) => value / unit))
      expect(dataset.shape).toEqual([2, 2])
    }
  })

  it('reads half precision', async () => {
    const half = npy('>f2', [1, 4], Uint8Array.of(0x3c, 0, 0xc0, 0, 0x38, 0, 0, 1))
    const dataset = await importDataset(request({ files: [file('x.npy', half)], split: none }), space.folder)
    expect((await (await space.open(dataset)).split('train')).x).toEqual(Float32Array.of(1, -2, 0.5, 2 ** -24))
  })

  it('keeps the rows of an array of many blocks in order, in either order of axes', async () => {
    const [n, width] = [5000, 100]
    const value = (row: number, column: number) => row + column / 128
    const inC = Float32Array.from({ length: n * width }, (_, i) => value(Math.floor(i / width), i % width))
    const inFortran = Float32Array.from({ length: n * width }, (_, i) => value(i % n, Math.floor(i / n)))
    for (const [data, fortran] of [
      [inC, false],
      [inFortran, true],
    ] as const) {
      const x = npy('<f4', [n, width], new Uint8Array(data.buffer), fortran)
      const dataset = await importDataset(
        request({ files: [file('x.npz', npz({ x }, 6))], meaning: { scale: 'keep' }, split: none }),
        space.folder,
      )
      expect((await (await space.open(dataset)).split('train')).x).toEqual(inC)
    }
  })

  it.each([
    ['NaN', 'nan', 'NOT_FINITE', 'NaN in row 1, column 3'],
    ['pickled objects', 'pickled', 'NPY_PICKLED', 'pickled'],
    ['complex numbers', 'complex', 'NPY_DTYPE', '<c16'],
    ['an archive without x', 'types', 'NPZ_NAMES', 'There is no array x; it has big'],
  ])('refuses %s and stores nothing', async (_, name, code, message) => {
    const asked = request({ files: [file(`${name}.npz`, fixture(`npz/${name}.npz`))] })
    for (const act of [() => previewImport(asked), () => importDataset(asked, space.folder)]) {
      await expect(act()).rejects.toMatchObject({ code })
      await expect(act()).rejects.toThrow(message)
    }
    expect(await readdir(space.folder)).toEqual([])
  })

  it('refuses a zip archive of other files', async () => {
    const asked = request({ files: [file('a.zip', zipSync({ 'a.txt': Buffer.from('a') }))] })
    await expect(importDataset(asked, space.folder)).rejects.toMatchObject({ code: 'ARCHIVE_EMPTY' })
  })
})
