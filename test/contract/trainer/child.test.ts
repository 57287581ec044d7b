import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { trainerEventSchema, type TrainerEvent, type TrainerJob } from '../../../src/shared/trainer'
import { datasetPath, jobOf } from '../../support/trainerJob'

const programs = join(import.meta.dirname, '../../../out/main')

let folder: string
let dataset: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-child-'))
  dataset = await datasetPath(folder, { generator: 'rectangles', train: 600, valid: 100, test: 100 })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const job = (epochs: number): TrainerJob => {
  const spec = {
    model: { kind: 'mcae', hidden: 100, factors: 100, mappings: 25, factorStd: 0.1 },
    preprocess: { contrast: true },
    optimizer: { kind: 'adam', learningRate: 0.001 },
    earlyStopping: null,
    batchSize: 20,
    epochs,
  }
  return jobOf({ spec, dataset, folder }, { task: 'pretrain', class: null, resumeFrom: null })
}

/** A trainer process; `until` waits for an event. */
function launch() {
  const child = launchNodeChild(programs)('trainer')
  const events: TrainerEvent[] = []
  let wake = (): void => undefined
  child.onMessage((message) => {
    events.push(trainerEventSchema.parse(message))
    wake()
  })
  const until = async (type: TrainerEvent['type']): Promise<TrainerEvent> => {
    for (;;) {
      const found = events.find((event) => event.type === type)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const exited = new Promise((resolve) => child.onExit(resolve))
  return { child, events, until, exited }
}

describe('the trainer child', () => {
  it('does one job after another and tells each in order', async () => {
    const { child, events, until, exited } = launch()
    child.send({ type: 'start', job: job(2) })
    await until('done')
    expect(events[0]).toMatchObject({ type: 'started', engine: 'onnx', device: 'cpu', dtype: 'float32' })
    expect(events.filter(({ type }) => type === 'epoch')).toHaveLength(2)
    expect(events.find(({ type }) => type === 'checkpoint')).toBeDefined()
    events.length = 0
    child.send({ type: 'start', job: job(1) })
    await until('done')
    expect(events.filter(({ type }) => type === 'epoch')).toHaveLength(1)
    child.kill()
    await exited
  })

  it('stops when it is told to, with its last finished epoch on the disk', async () => {
    const { child, events, until, exited } = launch()
    child.send({ type: 'start', job: job(100_000) })
    await until('epoch')
    child.send({ type: 'cancel' })
    await until('cancelled')
    const epochs = events.flatMap((event) => (event.type === 'epoch' ? [event.epoch] : []))
    const kept = events.flatMap((event) => (event.type === 'checkpoint' ? [event.checkpoint.epoch] : []))
    expect(kept.at(-1)).toBe(epochs.at(-1))
    child.kill()
    await exited
  })

  it('refuses a second job at a time, and messages that are none', async () => {
    const { child, events, until, exited } = launch()
    child.send({ type: 'start', job: job(100_000) })
    await until('started')
    child.send({ type: 'start', job: job(1) })
    expect(await until('failed')).toMatchObject({ error: { code: 'BUSY' } })
    events.length = 0
    child.send({ type: 'dance' })
    expect(await until('failed')).toMatchObject({ error: { code: 'BAD_REQUEST' } })
    child.kill()
    await exited
  })

  it('ends when its parent is killed', async () => {
    const program = `
      const { fork } = require('node:child_process')
      const child = fork(process.argv[1], [], { serialization: 'advanced' })
      child.send({ type: 'start', job: JSON.parse(process.argv[2]) })
      child.on('message', (event) => event.type === 'progress' && process.stdout.write(child.pid + '\\n'))
    `
    const args = ['-e', program, join(programs, 'trainer.js'), JSON.stringify(job(100_000))]
    const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (chunk: Buffer) => resolve(Number.parseInt(chunk.toString()))),
    )
    parent.kill('SIGKILL')
    const alive = (): boolean => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }
    await expect.poll(alive, { timeout: 20_000 }).toBe(false)
  })
})
