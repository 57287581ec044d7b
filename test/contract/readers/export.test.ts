import { describe, expect, it } from 'vitest'
import { exportDataset } from '../../../src/main/datasets/exportDataset'
import { importDataset } from '../../../src/main/datasets/importDataset'
import { readNpz } from '../../../src/main/datasets/npz'
import { fixture } from './fixture'
import { idx } from '../../support/idx'
import { file, none, request, Workspace } from './workspace'

const space = new Workspace()

const images = idx(
  [40, 4, 3],
  new Uint8Array(480).map((_, i) => i % 251),
)
const labels = idx(
  [40],
  new Uint8Array(40).map((_, i) => i % 4),
)

describe('export', () => {
  it('holds every split as numpy reads it', async () => {
    const dataset = await importDataset(
      request({ files: [file('x', images), file('y', labels)], split: { valid: 5, test: 5 } }),
      space.folder,
    )
    const arrays = readNpz(await exportDataset(space.path(dataset)), 'out.npz')
    expect(Object.keys(arrays)).toEqual(['x_train', 'y_train', 'x_valid', 'y_valid', 'x_test', 'y_test', 'meta'])
    const test = await (await space.open(dataset)).split('test')
    expect(arrays.x_test).toEqual({ shape: [5, 12], data: test.x })
    expect(arrays.y_test).toEqual({ shape: [5], data: test.labels })
    expect(JSON.parse(arrays.meta as string)).toMatchObject({ kind: 'images', shape: [4, 3] })
  })

  it('writes partners of pairs as y', async () => {
    const { hash } = await importDataset(
      request({ files: [file('pairs.npz', fixture('npz/pairs.npz'))], split: none }),
      space.folder,
    )
    const { y_train: y } = readNpz(await exportDataset(space.path({ hash })), 'out.npz')
    expect(y).toMatchObject({ shape: [5, 16] })
  })

  it('is byte for byte the same for the same dataset', async () => {
    const { hash } = await importDataset(request({ files: [file('x', images)], split: none }), space.folder)
    const path = space.path({ hash })
    expect(await exportDataset(path)).toEqual(await exportDataset(path))
  })
})
