import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSpecSchema, type RunSpec } from '../../../src/shared/spec/schema'
import type { NewDataset } from '../../../src/main/store/datasets'
import type { NewRun } from '../../../src/main/store/newRun'
import { openStore, type Store } from '../../../src/main/store/store'

export const spec = (changes: object = {}): RunSpec =>
  runSpecSchema.parse({ model: { kind: 'mcae' }, dataset: 'rect', classifier: {}, ...changes })

export const newRun = (name: string, changes: Partial<NewRun> = {}): NewRun => ({
  name,
  spec: spec(),
  dataset: null,
  requestedDevice: 'auto',
  status: 'queued',
  ...changes,
})

export const newDataset = (name: string, hash = 'a'.repeat(64)): NewDataset => ({
  name,
  kind: 'images',
  shape: [28, 28],
  targetShape: null,
  classes: ['tall', 'wide'],
  n: { train: 1000, valid: 200, test: 10_000 },
  hash,
  bytes: 8_780_800,
  recipe: {
    kind: 'generated',
    generator: 'rectangles',
    seed: 1,
    counts: { train: 1000, valid: 200, test: 10_000 },
    options: {},
    source: null,
  },
})

/** A data folder of its own, and every store that a test opened on it. */
export class Folder {
  #stores: Store[] = []
  private constructor(readonly path: string) {}

  static async make(): Promise<Folder> {
    return new Folder(await mkdtemp(join(tmpdir(), 'gae-store-')))
  }

  async open(): Promise<Store> {
    const store = await openStore(this.path)
    this.#stores.push(store)
    return store
  }

  /** What they wrote is in the database's own file then. */
  async closeAll(): Promise<void> {
    await Promise.all(this.#stores.splice(0).map((store) => store.close()))
  }

  async remove(): Promise<void> {
    await this.closeAll()
    await rm(this.path, { recursive: true, force: true })
  }
}
