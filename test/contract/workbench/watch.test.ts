import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WorkbenchEvent } from '../../../src/shared/events'
import type { Store } from '../../../src/main/store/store'
import { EventBus } from '../../../src/main/workbench/events'
import { Watch } from '../../../src/main/workbench/watch'
import { Folder, newDataset, newRun } from '../store/fixtures'

describe('a window beside another process', () => {
  let folder: Folder
  let here: Store
  let there: Store
  let watch: Watch
  let own: string | null = null
  const seen: WorkbenchEvent[] = []
  const stop = new AbortController()

  beforeEach(async () => {
    folder = await Folder.make()
    here = await folder.open()
    there = await folder.open()
    const events = new EventBus()
    const onFault = (error: unknown) => {
      throw error
    }
    watch = new Watch({ store: here, events, own: () => (own === null ? [] : [own]), onFault })
    await watch.start()
    void (async () => {
      for await (const event of events.subscribe(stop.signal)) seen.push(event)
    })()
  })
  afterEach(async () => {
    await watch.close()
    await folder.remove()
  })

  it('is told of its runs, their epochs and its datasets, and of its death', async () => {
    const { id } = await there.runs.create(newRun('theirs'))
    await there.datasets.add(newDataset('theirs'))
    const generation = (await there.leases.claim(id, 'a', 2 ** 30))!
    const metric = { phase: 'pretrain' as const, class: 0, epoch: 1, trainLoss: 1, validLoss: 1, validError: null }
    await there.metrics.add(id, generation, [{ ...metric, seconds: 1 }])
    await watch.look()
    await watch.look()
    await expect.poll(() => seen.map(({ type }) => type)).toContain('datasets')
    expect(seen).toContainEqual({ type: 'metrics', run: id, metrics: [{ ...metric, seconds: 1 }] })
    await expect
      .poll(() => seen.findLast((event) => event.type === 'run'))
      .toMatchObject({ run: { id, status: 'interrupted', epochs: 1 } })
  })

  it('is told what they say of runs, also of the one under way here', async () => {
    const { id } = await here.runs.create(newRun('ours'))
    own = id
    await watch.look()
    await there.remarks.tag([id], { add: ['paper'], remove: [] })
    await watch.look()
    const latest = () => seen.findLast((event) => event.type === 'run')
    await expect.poll(latest).toMatchObject({ run: { id, tags: ['paper'], note: null } })
    await there.remarks.note(id, 'Look again.')
    await watch.look()
    await expect.poll(latest).toMatchObject({ run: { id, note: 'Look again.' } })
    await there.runs.rename(id, 'theirs')
    await watch.look()
    await expect.poll(latest).toMatchObject({ run: { id, name: 'theirs' } })
  })
})
