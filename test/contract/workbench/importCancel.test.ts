import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WorkbenchEvent } from '../../../src/shared/events'
import { importRequestSchema } from '../../../src/shared/datasets'
import { decodeGreyFrames } from '../../../src/main/datasets/readers/images/greyFrames'
import { DatasetService } from '../../../src/main/workbench/datasets'
import { EventBus } from '../../../src/main/workbench/events'
import { openStore, type Store } from '../../../src/main/store/store'

const line = `${'0.5 '.repeat(64)}`
const bytes = new Uint8Array(Buffer.from(`${line}0\n${line}1\n`.repeat(8000)))
const request = importRequestSchema.parse({ name: 'long', files: [{ name: 'long.amat', content: { bytes } }] })

let folder: string
let store: Store
let events: WorkbenchEvent[]
let datasets: DatasetService

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-cancel-'))
  store = await openStore(folder)
  const bus = new EventBus()
  events = []
  bus.emit = (event) => events.push(event)
  datasets = new DatasetService({ store, events: bus, greyFrames: decodeGreyFrames })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

describe('an import that is cancelled', () => {
  it.each([0.1, 0.5, 0.9])('by its name at %f leaves nothing, and its name is free', async (share) => {
    const cancelled = datasets.import(request, undefined, (fraction) => {
      if (fraction >= share) void datasets.cancel({ name: 'long' })
    })
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED', where: 'long' })
    expect(await readdir(store.paths.datasets).catch(() => [])).toEqual([])
    expect(await datasets.list({ inBin: false })).toEqual([])
    expect(events.at(-1)).toEqual({ type: 'datasets' })
    expect((await datasets.import(request)).n).toEqual({ train: 12_800, valid: 1600, test: 1600 })
  })

  it('is told from another of the same name, which is refused at once', async () => {
    const first = datasets.import(request)
    await expect(datasets.import(request)).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    expect((await first).name).toBe('long')
  })

  it('is no fault where nothing of that name is under way', async () => {
    await expect(datasets.cancel({ name: 'nothing' })).resolves.toBeUndefined()
  })
})

it('a failed import is told to every window as no longer under way', async () => {
  const broken = importRequestSchema.parse({
    name: 'x',
    files: [{ name: 'x.amat', content: { bytes: bytes.subarray(0, 300) } }],
  })
  await expect(datasets.import(broken)).rejects.toMatchObject({ code: 'AMAT_ROW' })
  expect(events.at(-1)).toEqual({ type: 'datasets' })
})
