import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeContentFile } from '../../../src/main/store/contentFile'
import type { Store } from '../../../src/main/store/store'
import { Folder, newDataset } from './fixtures'

describe('datasets and images of the store', () => {
  let folder: Folder
  let store: Store
  beforeEach(async () => {
    folder = await Folder.make()
    store = await folder.open()
  })
  afterEach(() => folder.remove())

  it('are found by id or name', async () => {
    const added = await store.datasets.add(newDataset('rect'))
    expect(added).toMatchObject(newDataset('rect'))
    expect(await store.datasets.find('rect')).toEqual(added)
    expect(await store.datasets.find(added.id)).toEqual(added)
    expect(await store.datasets.list({ inBin: false })).toEqual([added])
    await expect(store.datasets.find('nope')).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' })
  })

  it('have names of their own; the bin does not count', async () => {
    const first = await store.datasets.add(newDataset('rect'))
    await expect(store.datasets.checkName('rect')).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    await expect(store.datasets.add(newDataset('rect'))).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    expect((await store.datasets.moveToBin(first.id)).deleted).not.toBeNull()
    await expect(store.datasets.find('rect')).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' })
    await store.datasets.add(newDataset('rect'))
    await expect(store.datasets.restore(first.id)).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    expect((await store.datasets.findInBin('rect')).id).toBe(first.id)
  })

  it('leave no file behind where their name is taken, unless another dataset shares it', async () => {
    const write = async (content: string) => {
      const { sha256, path } = await writeContentFile(store.paths.datasets, '.safetensors', [Buffer.from(content)])
      return { dataset: newDataset('rect', sha256), path }
    }
    const [first, second] = [await write('first'), await write('second')]
    await store.datasets.add(first.dataset)
    await expect(store.datasets.add(second.dataset)).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    await expect(store.datasets.add(first.dataset)).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    expect(await readdir(store.paths.datasets)).toEqual([basename(first.path)])
  })

  it('are purged out of the bin only, and their file with the last that shares it', async () => {
    const [a, b] = [await store.datasets.add(newDataset('a')), await store.datasets.add(newDataset('b'))]
    await store.datasets.moveToBin(a.id)
    expect(await store.datasets.purge(a.id)).toEqual([])
    expect(await store.datasets.purge(b.id)).toEqual([])
    await store.datasets.moveToBin(b.id)
    expect(await store.datasets.purge(b.id)).toEqual([store.datasets.path(b)])
  })

  it('keep an image once, by its content', async () => {
    const facts = { name: 'a.png', width: 2, height: 3, format: 'png', origin: null }
    const first = await store.images.put(facts, Uint8Array.of(1, 2, 3))
    const again = await store.images.put({ ...facts, name: 'b.png' }, Uint8Array.of(1, 2, 3))
    expect(again.sha256).toBe(first.sha256)
    expect(await store.images.get(first.sha256)).toEqual({
      image: { ...facts, name: 'b.png', sha256: first.sha256 },
      bytes: Uint8Array.of(1, 2, 3),
    })
    const origin = { dataset: 'd', name: 'rect', split: 'test' as const, index: 6, of: 'x' as const }
    await store.images.put({ ...facts, origin }, Uint8Array.of(1, 2, 3))
    await store.images.put(facts, Uint8Array.of(1, 2, 3))
    expect((await store.images.get(first.sha256)).image.origin).toEqual(origin)
    await expect(store.images.get('0'.repeat(64))).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' })
  })
})
