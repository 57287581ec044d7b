import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Launch } from '../../../src/main/children/child'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { decodeGreyFrames } from '../../../src/main/datasets/readers/images/greyFrames'
import { AnalystClient } from '../../../src/main/workbench/analystClient'
import { DatasetService } from '../../../src/main/workbench/datasets'
import { EventBus } from '../../../src/main/workbench/events'
import { importedFrames } from '../../../src/main/workbench/importedFrames'
import { openStore, type Store } from '../../../src/main/store/store'
import { importRequestSchema } from '../../../src/shared/datasets'
import { greyPng } from '../../support/png'

const programs = join(import.meta.dirname, '../../../out/main')

let folder: string
let store: Store
let analyst: AnalystClient
let asked: string[]
const launch: Launch = (entry) => {
  const child = launchNodeChild(programs)(entry)
  return {
    ...child,
    get pid() {
      return child.pid
    },
    send: (message) => {
      asked.push((message as { call?: { method: string } }).call?.method ?? '')
      child.send(message)
    },
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-frames-'))
  await mkdir(join(folder, 'images'))
  for (const [at, grey] of [10, 200, 90].entries()) {
    await writeFile(join(folder, 'images', `${at}.png`), await greyPng(new Uint8Array(16).fill(grey), 4, 4))
  }
  store = await openStore(join(folder, 'data'))
  asked = []
  analyst = new AnalystClient(launch)
})
afterEach(async () => {
  analyst.stop()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const request = (name: string) =>
  importRequestSchema.parse({ name, files: [{ name: 'images', content: { path: join(folder, 'images') } }] })

describe('images that are imported', () => {
  it('are decoded by the analyst, to what this process would have made of them', async () => {
    const events = new EventBus()
    const apart = new DatasetService({ store, events, greyFrames: importedFrames(analyst) })
    const here = new DatasetService({ store, events, greyFrames: decodeGreyFrames })
    const { hash } = await apart.import(request('apart'))
    expect(asked).toEqual(['greyFrames', 'greyFrames', 'greyFrames'])
    expect((await here.import(request('here'))).hash).toBe(hash)
    expect(asked).toHaveLength(3)
  })

  it('name the file on which a decoder ends its process; nothing is imported', async () => {
    const dying: Launch = (entry) => {
      const child = launch(entry)
      return { ...child, send: () => child.kill() }
    }
    const broken = new AnalystClient(dying)
    const events = new EventBus()
    const datasets = new DatasetService({ store, events, greyFrames: importedFrames(broken) })
    await expect(datasets.import(request('broken'))).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      where: expect.stringContaining('0.png') as string,
      remedy: expect.stringContaining('nothing was imported') as string,
    })
    expect(await readdir(store.paths.datasets).catch(() => [])).toEqual([])
    broken.stop()
  })
})
