import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import knexPackage, { type Knex } from 'knex'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { integrity } from '../../../scripts/integrity.mjs'
import { Leases, staleMilliseconds } from '../../../src/main/store/leases'
import { processIsDead } from '../../../src/main/store/owner'
import { cli, startCli, type RunningCli } from '../../support/cli'

const spec = {
  model: { kind: 'mcae', hidden: 60, factors: 60, mappings: 20 },
  dataset: 'rect',
  epochs: 100,
  batchSize: 20,
  earlyStopping: { patience: 1000 },
}

let folder: string
let sleeper: RunningCli
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-sleep-'))
  await writeFile(join(folder, 'spec.json'), JSON.stringify(spec))
  const counts = ['--train', '800', '--valid', '50', '--test', '50']
  expect((await cli('datasets', 'generate', 'rectangles', ...counts, '--name', 'rect', '--data', folder)).code).toBe(0)
})
afterEach(async () => {
  const all = [sleeper.child.pid!, ...childrenOf(sleeper.child.pid!)]
  for (const one of all) if (!processIsDead(one)) process.kill(one, 'SIGKILL')
  await sleeper.result
  await rm(folder, { recursive: true, force: true, maxRetries: 10 })
})

const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child ?? 0)

async function withDatabase<Value>(work: (database: Knex) => Promise<Value>): Promise<Value> {
  const connection = { filename: join(folder, 'workbench.sqlite') }
  const log = { error: () => undefined }
  const database = knexPackage({ client: 'sqlite3', connection, useNullAsDefault: true, log })
  try {
    return await work(database)
  } finally {
    await database.destroy()
  }
}

/** What another process finds after fifteen seconds of silence. @returns ids of runs that were marked */
const waitInVain = (): Promise<string[]> =>
  withDatabase(async (database) => {
    let time = 0
    const leases = new Leases(database, { monotonic: () => (time += 2000) })
    while (time < 2 * staleMilliseconds) {
      const marked = await leases.markInterrupted()
      if (marked.length > 0) return marked
    }
    return []
  })

/** Whether somebody writes to the database at this moment. */
const isLocked = (): Promise<boolean> =>
  withDatabase(async (database) => {
    try {
      await database.raw('BEGIN IMMEDIATE')
      await database.raw('ROLLBACK')
      return false
    } catch {
      return true
    }
  })

const show = async (): Promise<Record<string, unknown>> =>
  (await cli('runs', 'show', 'slept', '--data', folder)).document as Record<string, unknown>

/**
 * Trains up to its third epoch and falls asleep, its trainers with it if they are told to; not in the middle of a write,
 * which would hold all others up.
 * @returns the trainers
 */
async function fallAsleep(trainersToo: boolean): Promise<number[]> {
  await new Promise<void>((resolve) => {
    sleeper = startCli(['train', join(folder, 'spec.json'), '--name', 'slept', '--data', folder], (line) => {
      if ((JSON.parse(line) as { epoch?: number }).epoch! >= 3) resolve()
    })
  })
  const { pid = 0 } = sleeper.child
  const trainers = childrenOf(pid)
  for (;;) {
    process.kill(pid, 'SIGSTOP')
    if (!(await isLocked())) break
    process.kill(pid, 'SIGCONT')
    await wait(5)
  }
  if (trainersToo) for (const one of trainers) process.kill(one, 'SIGSTOP')
  return trainers
}

async function expectGivenUp(trainers: number[]): Promise<void> {
  for (const one of [sleeper.child.pid!, ...trainers.filter((trainer) => !processIsDead(trainer))]) {
    process.kill(one, 'SIGCONT')
  }
  const { code, errors, document } = await sleeper.result
  expect(JSON.parse(errors.at(-1)!)).toMatchObject({
    error: { code: 'LEASE_LOST', where: 'slept', remedy: expect.stringContaining('resume it') as string },
  })
  expect(code).toBe(1)
  expect(document).toBeUndefined()
  await vi.waitFor(() => expect(trainers.filter((trainer) => !processIsDead(trainer))).toEqual([]), 10_000)
}

describe.skipIf(process.platform === 'win32')('a process that slept longer than its lease', () => {
  test.each([
    ['alone, while its trainers go on', false],
    ['with its trainers', true],
  ])(
    '%s, finds its run taken over, stops its trainers and changes nothing',
    async (_name, trainersToo) => {
      const trainers = await fallAsleep(trainersToo)
      expect(trainers.length).toBeGreaterThan(0)
      expect(await waitInVain()).toHaveLength(1)
      const silent = 'the process that worked on it was not heard of for 15 s: it hung, or its machine slept'
      expect(await show()).toMatchObject({ status: 'interrupted', exitReason: silent })

      const taken = await cli('resume', 'slept', '--data', folder)
      expect(taken.document).toMatchObject({ status: 'done', epochs: spec.epochs })
      const before = await show()
      expect(before).toMatchObject({ status: 'done', resumed: [{ engine: 'onnx', device: 'cpu', after: silent }] })

      await expectGivenUp(trainers)
      expect(await show()).toEqual(before)
      expect(await integrity(folder)).toEqual([])
      const again = await cli('train', join(folder, 'spec.json'), '--name', 'undisturbed', '--data', folder)
      const losses = (document: unknown) => {
        const { valid, test } = document as { valid: { loss: number }; test: { loss: number } }
        return [valid.loss, test.loss]
      }
      losses(again.document).forEach((loss, at) => expect(losses(taken.document)[at]).toBeCloseTo(loss, 5))
    },
    240_000,
  )

  test('whose run nobody has taken up yet gives it up all the same, and it can be resumed', async () => {
    const trainers = await fallAsleep(true)
    expect(await waitInVain()).toHaveLength(1)
    await expectGivenUp(trainers)
    expect(await show()).toMatchObject({ status: 'interrupted' })
    expect((await cli('resume', 'slept', '--data', folder)).document).toMatchObject({ status: 'done' })
    expect(await integrity(folder)).toEqual([])
  }, 240_000)
})
