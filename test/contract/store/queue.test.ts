import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { EventBus } from '../../../src/main/workbench/events'
import { QueueService } from '../../../src/main/workbench/queueService'
import { roomOf } from '../../../src/main/workbench/room'
import type { Store } from '../../../src/main/store/store'
import { Folder, newDataset, newRun } from './fixtures'

const done = { status: 'done' as const, exitReason: 'finished', error: null }

describe('the queue of a data folder', () => {
  let folder: Folder
  let store: Store
  let other: Store
  let service: QueueService
  const names = async () => (await service.list()).runs.map(({ name, position }) => `${position ?? 'runs'} ${name}`)
  const add = async (name: string, changes = {}) => (await store.runs.create(newRun(name, changes))).id
  beforeAll(async () => {
    folder = await Folder.make()
    ;[store, other] = [await folder.open(), await folder.open()]
    service = new QueueService({ store, events: new EventBus(), queue: { look: async () => {} }, cores: 4 })
  })
  afterAll(() => folder.remove())

  it('is first in, first out, until its order is changed, and knows it after a restart', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await add(name)
    expect(await names()).toEqual(['1 a', '2 b', '3 c', '4 d'])
    await service.move({ run: 'd', position: 1 })
    await service.move({ run: 'a', position: 3 })
    expect(await names()).toEqual(['1 d', '2 b', '3 a', '4 c'])
    await service.move({ run: 'd', position: 4 })
    expect(await names()).toEqual(['1 b', '2 a', '3 c', '4 d'])
    const waiting = await Promise.all((await other.leases.waiting()).map((id) => other.runs.summary(id)))
    expect(waiting.map(({ name }) => name)).toEqual(['b', 'a', 'c', 'd'])
  })

  it('keeps its order over more moves between two neighbours than there are numbers between them', async () => {
    for (let turn = 0; turn < 60; turn++) {
      await service.move({ run: 'd', position: 2 })
      expect((await names())[1]).toBe('2 d')
      await service.move({ run: 'c', position: 2 })
      expect((await names())[1]).toBe('2 c')
    }
    expect(await names()).toEqual(['1 b', '2 c', '3 d', '4 a'])
  })

  it('says which places there are, and what has none', async () => {
    await expect(service.move({ run: 'a', position: 5 })).rejects.toMatchObject({
      code: 'NO_SUCH_PLACE',
      remedy: 'Give a place from 1 to 4.',
    })
    const imported = await add('imported', { status: 'done' })
    await expect(service.move({ run: imported, position: 1 })).rejects.toMatchObject({
      code: 'RUN_NOT_WAITING',
      message: 'imported is done',
    })
    // Its maker is about to claim it: no queue has it.
    await add('held', { hold: true })
    await expect(service.move({ run: 'held', position: 1 })).rejects.toMatchObject({ code: 'RUN_NOT_WAITING' })
    expect(await names()).toHaveLength(4)
  })

  it('gives nothing out while it is paused, by whichever process, and is still paused after a restart', async () => {
    const [first] = await store.leases.waiting()
    await service.pause()
    expect(await other.leases.take(first!, roomOf(null, 4))).toBeNull()
    const after = await folder.open()
    expect(await after.queue.kept()).toEqual({ paused: true, slots: null })
    const list = await service.resume()
    expect(list.paused).toBe(false)
  })

  it('gives out no more than there is room for, however many ask at once', async () => {
    await store.runs.create(newRun('alone-1'))
    const swept = await Promise.all(Array.from({ length: 6 }, (_, nth) => add(`swept-${nth}`, { threads: 1 })))
    const stores = await Promise.all(Array.from({ length: 3 }, () => folder.open()))
    const room = roomOf(null, 4)
    const taken = async (ids: readonly string[]) => {
      const asked = ids.flatMap((id) => stores.map(async ({ leases }) => ((await leases.take(id, room)) ? id : null)))
      return (await Promise.all(asked)).filter((id) => id !== null)
    }
    const first = await taken(swept)
    expect(first).toHaveLength(4)
    expect(new Set(first).size).toBe(4)
    expect((await service.list()).runs.slice(0, 5).map(({ status }) => status)).toEqual([
      ...Array<string>(4).fill('running'),
      'queued',
    ])
    // One that wants all cores works alone.
    const [alone] = await store.leases.waiting()
    expect(await store.leases.take(alone!, room)).toBeNull()
    for (const id of first) expect(await store.leases.release(id, 1, done)).toBe(true)
    expect(await store.leases.take(alone!, room)).toBe(1)
    expect(await taken(swept)).toEqual([])
    expect((await store.runs.summary(alone!)).threads).toBeNull()
    await store.leases.release(alone!, 1, done)
    expect(await taken(swept)).toHaveLength(2)
    for (const id of swept) await store.leases.release(id, 1, done)
  })

  it('gives a GPU to one run at a time, and that one works alone', async () => {
    const room = roomOf(null, 4)
    const ids = [
      await add('gpu-1', { threads: 1 }),
      await add('gpu-2', { threads: 1 }),
      await add('cpu', { threads: 1 }),
    ]
    const [one, two, cpu] = ids as [string, string, string]
    expect(await store.leases.take(one, room, true)).toBe(1)
    const found = { engine: 'onnx', device: 'webgpu', dtype: 'float32', versions: {} }
    await store.runs.recordEngine(one, 1, found, null)
    expect([await other.leases.take(two, room, true), await other.leases.take(cpu, room)]).toEqual([null, null])
    // Where the user says how many, as many.
    expect(await store.leases.take(two, roomOf(2, 4))).toBe(1)
    expect(await store.leases.take(cpu, room)).toBeNull()
    for (const id of [one, two]) await store.leases.release(id, 1, done)
    expect(await store.leases.take(cpu, room)).toBe(1)
    expect(await store.leases.take(await add('gpu-3', { threads: 1 }), room, true)).toBeNull()
    await store.leases.release(cpu, 1, done)
    await store.runs.requestCancel((await store.leases.waiting()).at(-1)!)
  })

  it('gives each run its share of the cores where the user says how many, and the run keeps it', async () => {
    const list = await service.setSlots({ slots: 2 })
    expect(list).toMatchObject({ slots: 2, chosen: 2, cores: 4 })
    const [one, two, three] = (await store.leases.waiting()) as [string, string, string]
    const room = roomOf(2, 4)
    expect([await store.leases.take(one, room), await other.leases.take(two, room)]).toEqual([1, 1])
    expect(await store.leases.take(three, room)).toBeNull()
    expect((await store.runs.summary(one)).threads).toBe(2)
    // Put back by a workbench that closes, it goes on with as many, where it stood.
    const back = { status: 'queued', exitReason: 'the workbench was closed', error: null } as const
    const place = (await store.runs.summary(one)).position
    await store.leases.release(one, 1, back)
    expect(await store.runs.summary(one)).toMatchObject({ status: 'queued', position: place, finished: null })
    expect((await store.leases.waiting())[0]).toBe(one)
    expect(await store.leases.take(one, roomOf(1, 4))).toBeNull()
    await store.leases.release(two, 1, done)
    expect(await store.leases.take(one, roomOf(1, 4))).toBe(2)
    expect((await store.runs.summary(one)).threads).toBe(2)
    await store.leases.release(one, 2, done)
  })

  it('takes up again, in one step, what lost its process', async () => {
    const lost = await Promise.all(['lost-1', 'lost-2'].map((name) => add(name)))
    // A process that has ended, on this machine.
    for (const id of lost) await store.leases.claim(id, 'gone', 2 ** 22 + 1)
    await other.leases.markInterrupted()
    expect(await service.list()).toMatchObject({ interrupted: 2 })
    const list = await service.resumeInterrupted()
    expect(list.interrupted).toBe(0)
    expect(list.runs.slice(-2).map(({ run, status }) => [run, status])).toEqual(lost.map((id) => [id, 'queued']))
    for (const id of lost) await store.runs.requestCancel(id)
  })

  it('does not take a run of `train` for one of its own', async () => {
    const id = await add('by hand', { hold: true })
    await store.leases.claim(id)
    const [next] = await store.leases.waiting()
    expect(await store.leases.take(next!, roomOf(1, 4))).toBe(1)
    // It is shown, as it works on this machine too.
    expect((await names()).filter((line) => line.startsWith('runs'))).toContain('runs by hand')
    await store.leases.release(id, 1, done)
    await store.leases.release(next!, 1, done)
  })
})

it('tells the time that is left by finished runs like it, and says where it knows nothing', async () => {
  const folder = await Folder.make()
  const store = await folder.open()
  const service = new QueueService({ store, events: new EventBus(), queue: { look: async () => {} }, cores: 2 })
  const dataset = await store.datasets.add(newDataset('rect'))
  const make = async (name: string, epochs: number, threads?: number) => {
    const run = newRun(name)
    return (await store.runs.create({ ...run, dataset, threads, spec: { ...run.spec, epochs } })).id
  }
  const waits = [await make('one', 10, 1), await make('two', 20, 1)]
  expect(await service.list()).toMatchObject({ left: null, unknown: 2 })
  const finished = await make('finished', 40, 1)
  const generation = await store.leases.claim(finished)
  await store.runs.recordEngine(
    finished,
    generation!,
    { engine: 'onnx', device: 'cpu', dtype: 'f', versions: {} },
    null,
  )
  await store.leases.release(finished, generation!, done)
  const { seconds } = await store.runs.summary(finished)
  const list = await service.list()
  // Side by side: the longer one decides.
  expect(list.runs.map(({ eta }) => eta)).toEqual([expect.closeTo(seconds / 4, 9), expect.closeTo(seconds / 2, 9)])
  expect(list).toMatchObject({ left: list.runs[1]!.eta, unknown: 0 })
  // One with all cores took another time.
  await make('all cores', 10)
  expect(await service.list()).toMatchObject({ left: null, unknown: 1 })
  expect((await service.pause()).runs.map(({ eta }) => eta)).toEqual([null, null, null])
  expect(waits).toHaveLength(2)
  await folder.remove()
})
