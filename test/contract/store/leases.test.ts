import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import knexPackage, { type Knex } from 'knex'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Leases, staleMilliseconds } from '../../../src/main/store/leases'
import { ownerIsDead, processIsDead, thisProcess } from '../../../src/main/store/owner'
import type { Store } from '../../../src/main/store/store'
import { Folder, newRun } from './fixtures'

const done = { status: 'done' as const, exitReason: 'finished', error: null }
const metric = {
  phase: 'pretrain' as const,
  class: 0,
  epoch: 1,
  trainLoss: 1,
  validLoss: null,
  validError: null,
  seconds: 1,
}

describe('leases', () => {
  let folder: Folder
  let store: Store
  let database: Knex
  let wall: number
  let time: number
  let dead: number[]
  let leases: Leases
  beforeEach(async () => {
    folder = await Folder.make()
    store = await folder.open()
    database = knexPackage({
      client: 'sqlite3',
      connection: { filename: join(folder.path, 'workbench.sqlite') },
      useNullAsDefault: true,
    })
    wall = 1_000_000_000_000
    time = 1_000_000
    dead = []
    leases = new Leases(database, { wall: () => wall, monotonic: () => time, isDead: (pid) => dead.includes(pid) })
  })
  afterEach(async () => {
    await database.destroy()
    await folder.remove()
  })

  /** Looks every two seconds, as a workbench does that stays open. @returns ids that were given up */
  const watch = async (milliseconds: number): Promise<string[]> => {
    const found: string[] = []
    for (let left = milliseconds; left > 0; left -= 2000) {
      time += Math.min(left, 2000)
      found.push(...(await leases.markInterrupted()))
    }
    return found
  }

  it('are given to one claimer only, however many ask at once', async () => {
    const { id } = await store.runs.create(newRun('wanted'))
    const others = await Promise.all(Array.from({ length: 5 }, () => folder.open()))
    const answers = await Promise.all(others.map(({ leases }, i) => leases.claim(id, `claimer ${i}`, process.pid)))
    expect(answers.filter((generation) => generation !== null)).toEqual([1])
    expect((await store.runs.summary(id)).status).toBe('running')
  })

  it('are not given while the owner is heard of, and are after 15 seconds of silence', async () => {
    const { id } = await store.runs.create(newRun('held'))
    expect(await leases.claim(id, 'a', 1)).toBe(1)
    expect(await watch(staleMilliseconds)).toEqual([])
    expect(await leases.heartbeat(id, 1)).toBe('held')
    expect(await watch(staleMilliseconds)).toEqual([])
    expect(await leases.claim(id, 'b', 2)).toBeNull()
    expect(await watch(6000)).toEqual([id])
    expect(await leases.heartbeat(id, 1)).toBe('lost')
  })

  it.each([
    ['an hour forwards', 3_600_000],
    ['a day back', -86_400_000],
  ])('and their seconds survive a clock that jumps %s', async (_jump, by) => {
    const { id } = await store.runs.create(newRun('jumped'))
    const waiting = await store.runs.create(newRun('about to be claimed', { hold: true }))
    await leases.claim(id, 'a', 1)
    await leases.markInterrupted()
    expect(await leases.waiting()).toEqual([])
    wall += by
    time += 2000
    expect(await leases.markInterrupted()).toEqual([])
    expect(await leases.waiting()).toEqual([])
    expect(await leases.heartbeat(id, 1)).toBe('held')
    // The beat was seen, although the clock went back.
    expect(await watch(staleMilliseconds)).toEqual([])
    expect((await store.runs.detail(id)).seconds).toBeCloseTo(2)
    expect((await store.runs.summary(waiting.id)).status).toBe('queued')
  })

  it('are kept by an owner that slept together with whoever looks', async () => {
    const { id } = await store.runs.create(newRun('slept'))
    await leases.claim(id, 'a', 1)
    await leases.markInterrupted()
    time += 3_600_000
    expect(await leases.markInterrupted()).toEqual([])
    time += 2000
    expect(await leases.heartbeat(id, 1)).toBe('held')
    expect(await leases.markInterrupted()).toEqual([])
  })

  it('are given at once where the owner process is dead', async () => {
    const { id } = await store.runs.create(newRun('orphan'))
    await leases.claim(id, 'a', 77)
    dead = [77]
    expect(await leases.claim(id, 'b', 2)).toBe(2)
  })

  it('know an owner by more than its number, which is used again', () => {
    expect(ownerIsDead(thisProcess())).toBe(false)
    expect(ownerIsDead({ ...thisProcess(), boot: 'another' })).toBe(true)
    expect(ownerIsDead({ ...thisProcess(), place: 'another' })).toBe(false)
    if (thisProcess().start !== '') expect(ownerIsDead({ ...thisProcess(), start: '1' })).toBe(true)
  })

  it('see a real process end', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60000)'])
    expect(processIsDead(child.pid!)).toBe(false)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(processIsDead(child.pid!)).toBe(true)
  })

  it('let an older generation change nothing', async () => {
    const { id } = await store.runs.create(newRun('taken over'))
    await leases.claim(id, 'a', 77)
    dead = [77]
    await leases.claim(id, 'b', 2)
    const checkpoint = {
      sha256: '1'.repeat(64),
      path: '',
      bytes: 1,
      phase: 'pretrain' as const,
      class: 0,
      epoch: 1,
      final: false,
    }
    await expect(store.checkpoints.adopt(id, 1, checkpoint)).rejects.toMatchObject({ code: 'LEASE_LOST' })
    await expect(store.metrics.add(id, 1, [metric])).rejects.toMatchObject({ code: 'LEASE_LOST' })
    await expect(store.results.put(id, 1, [])).rejects.toMatchObject({ code: 'LEASE_LOST' })
    expect(await leases.release(id, 1, done)).toBe(false)
    expect(await store.checkpoints.list(id)).toEqual([])
    expect((await store.runs.summary(id)).status).toBe('running')
    expect(await leases.release(id, 2, done)).toBe(true)
    expect((await store.runs.summary(id)).status).toBe('done')
  })

  it('count seconds of work over all owners, up to the last sign of life', async () => {
    const { id } = await store.runs.create(newRun('timed'))
    await leases.claim(id, 'a', 77)
    time += 4000
    await leases.heartbeat(id, 1)
    time += 60_000
    dead = [77]
    await leases.claim(id, 'b', 2)
    time += 2500
    await leases.release(id, 2, done)
    expect((await store.runs.detail(id)).seconds).toBeCloseTo(6.5)
  })

  it('mark runs as interrupted whose owner is gone, and only those', async () => {
    const [gone, alive, queued] = [
      await store.runs.create(newRun('gone')),
      await store.runs.create(newRun('alive')),
      await store.runs.create(newRun('queued')),
    ]
    await leases.claim(gone.id, 'a', 77)
    await leases.claim(alive.id, 'b', 78)
    dead = [77]
    expect(await leases.markInterrupted()).toEqual([gone.id])
    expect((await store.runs.summary(gone.id)).status).toBe('interrupted')
    expect((await store.runs.summary(alive.id)).status).toBe('running')
    expect((await store.runs.summary(queued.id)).status).toBe('queued')
    expect((await store.runs.detail(gone.id)).exitReason).toBe('the process that worked on it ended')
    expect(await leases.heartbeat(gone.id, 1)).toBe('lost')
    expect(await store.runs.enqueue(gone.id)).toBe(true)
    expect(await leases.claim(gone.id, 'c', 79)).toBe(3)
  })

  it('say of an owner that is alive and silent that it hung or slept', async () => {
    const { id } = await store.runs.create(newRun('asleep'))
    await leases.claim(id, 'a', 77)
    expect(await watch(2 * staleMilliseconds)).toEqual([id])
    expect((await store.runs.detail(id)).exitReason).toContain('was not heard of for 15 s')
    expect(await leases.heartbeat(id, 1)).toBe('lost')
    expect(await leases.release(id, 1, done)).toBe(false)
  })

  it('carry a wish to cancel to the owner, in whichever process it is', async () => {
    const { id } = await store.runs.create(newRun('cancelled'))
    await leases.claim(id, 'a', 1)
    await (await folder.open()).runs.requestCancel(id)
    expect(await leases.heartbeat(id, 1)).toBe('cancel')
    const waiting = await store.runs.create(newRun('waiting'))
    await store.runs.requestCancel(waiting.id)
    expect((await store.runs.summary(waiting.id)).status).toBe('cancelled')
    expect(await leases.claim(waiting.id, 'a', 1)).toBeNull()
  })

  it('keep the reason of a failure and of the end', async () => {
    const { id } = await store.runs.create(newRun('failed'))
    await leases.claim(id, 'a', 1)
    const error = { code: 'DIVERGED', message: 'Loss is NaN', where: 'failed', remedy: null }
    await leases.release(id, 1, { status: 'failed', exitReason: 'DIVERGED', error })
    expect(await store.runs.detail(id)).toMatchObject({ status: 'failed', error, exitReason: 'DIVERGED' })
    await store.runs.enqueue(id)
    await leases.claim(id, 'a', 1)
    expect(await store.runs.detail(id)).toMatchObject({ status: 'running', error: null, exitReason: null })
  })
})
