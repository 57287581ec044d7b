import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findPreset } from '../../shared/presets'
import { runSpecSchema } from '../../shared/spec/schema'
import { launchNodeChild } from '../children/nodeChild'
import { openStore, type Store } from '../store/store'
import { AnalystClient } from '../workbench/analystClient'
import { DatasetService } from '../workbench/datasets'
import { EventBus } from '../workbench/events'
import { importedFrames } from '../workbench/importedFrames'
import { timeProgram } from './program'
import { rowOf, type BenchmarkResult } from './row'

const runs = 40
/** Both sides take turns, so that what slows the machine slows both. */
const rounds = 4
const each = runs / rounds
const lookMilliseconds = 50

const preset = findPreset('quick')

/** Queues runs as a sweep does, and waits until a served workbench has worked them off. @returns milliseconds */
async function throughQueue(childFolder: string, store: Store, seeds: readonly number[]): Promise<number> {
  const dataset = await store.datasets.find('quick')
  const ids: string[] = []
  for (const seed of seeds) {
    const spec = runSpecSchema.parse({ ...preset.spec, dataset: dataset.name, seed })
    const run = {
      name: `queued-${seed}`,
      spec,
      dataset,
      requestedDevice: 'auto',
      status: 'queued',
      threads: 1,
    } as const
    ids.push((await store.runs.create(run)).id)
  }
  const began = performance.now()
  const args = ['serve', '--port', '0', '--data', store.paths.folder]
  const served = spawn(process.execPath, [join(childFolder, 'cli.js'), ...args], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => served.once('close', () => resolve()))
  let left = ids
  while (left.length > 0) {
    await Promise.race([wait(lookMilliseconds), ended])
    if (served.exitCode !== null) throw new Error(`serve ended with ${served.exitCode}`)
    const statuses = await Promise.all(left.map(async (id) => (await store.runs.summary(id)).status))
    const failed = statuses.find((status) => status === 'failed' || status === 'interrupted')
    if (failed !== undefined) throw new Error(`a run of the queue ${failed}`)
    left = left.filter((_, place) => statuses[place] !== 'done')
  }
  const taken = performance.now() - began
  served.kill('SIGINT')
  await ended
  return taken
}

async function oneAfterAnother(childFolder: string, data: string, seeds: readonly number[]): Promise<number> {
  let taken = 0
  for (const seed of seeds) {
    const args = ['train', '--preset', 'quick', '--dataset', 'quick', '--seed', String(seed), '--data', data]
    taken += await timeProgram(childFolder, args, 'exit')
  }
  return taken
}

/** Many small runs through the queue, against the same by `train`. @param childFolder where the built programs lie */
export async function benchSweep(childFolder: string): Promise<BenchmarkResult> {
  const folder = await mkdtemp(join(tmpdir(), 'gae-bench-'))
  const store = await openStore(folder)
  const analyst = new AnalystClient(launchNodeChild(childFolder))
  try {
    const datasets = new DatasetService({ store, events: new EventBus(), greyFrames: importedFrames(analyst) })
    if (preset.data === null) throw new Error('quick makes its own data')
    await datasets.generate({ ...preset.data, seed: 1, name: 'quick' })
    const measured: { queue: number; train: number }[] = []
    for (let round = 0; round < rounds; round++) {
      const seeds = Array.from({ length: each }, (_, nth) => round * each + nth + 1)
      const train = await oneAfterAnother(childFolder, folder, seeds)
      measured.push({ queue: await throughQueue(childFolder, store, seeds), train })
    }
    const row = rowOf({
      name: `queue, ${runs} runs of quick in ${rounds} rounds of ${each}`,
      unit: 's a run',
      against: 'the same by train, one after another',
      rounds: measured,
      value: ({ queue }) => queue / each / 1000,
      ratio: ({ queue, train }) => queue / train,
      floor: 0.7,
      goal: 0.5,
    })
    // A share of the time: the less, the better.
    return { rows: [{ ...row, ok: row.ratio <= row.floor }], notes: [] }
  } finally {
    analyst.stop()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}
