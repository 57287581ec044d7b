import { readdir } from 'node:fs/promises'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { readNpz, writeNpz } from '../../../src/main/datasets/npz'
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
          data: Uint8Array.from({ length: name === 'x' ? 16 : 4 }, (_, i) => i),
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
    await expect(importDataset(asked, space.folder)).rejects.toMatchObject({ code: 'FORMAT_UNKNOWN' })
  })
})
