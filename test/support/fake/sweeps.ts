import type { Workbench } from '../../../src/main/api/workbench'
import { WorkbenchError } from '../../../src/shared/errors'
import type { SweepDetail, SweepPlan, SweepRun } from '../../../src/shared/sweeps'

const rates = [0.001, 0.003, 0.01]

const run = (rate: number, setting: number, seed: number, done: boolean): SweepRun => ({
  run: `5eed00000${setting}${seed}`,
  name: `rate-${setting}-s${seed}`,
  settings: { 'optimizer.learningRate': rate },
  seed,
  setting,
  rung: 1,
  epochs: 8,
  status: done ? 'done' : 'queued',
  valid: done ? evaluation('valid', 0.02 + 0.004 * setting + 0.001 * seed) : null,
  test: done ? evaluation('test', 0.03 + 0.004 * setting + 0.001 * seed) : null,
  error: null,
})

const evaluation = (split: string, error: number) => ({
  split,
  n: 1000,
  loss: 12 + error,
  error,
  errorInterval: [error / 2, 2 * error] as [number, number],
  nll: 3 * error,
  confusion: null,
})

/** A sweep of three rates with two seeds, most of it done. */
function fakeSweep(): SweepDetail & { sweep: string; created: string } {
  const runs = rates.flatMap((rate, at) => [1, 2].map((seed) => run(rate, at + 1, seed, at < 2)))
  return {
    sweep: '5eed5eed5eed',
    name: 'rate',
    created: '2026-03-01T10:00:00.000Z',
    dataset: 'rect',
    spec: {
      name: 'rate',
      base: { model: { kind: 'mcae' }, classifier: {}, epochs: 8 },
      dataset: 'rect',
      axes: { 'optimizer.learningRate': rates },
      method: 'grid',
      seeds: [1, 2],
      seed: 1,
      halving: null,
    },
    runs,
    rungs: [{ epochs: null, settings: 3, anew: null }],
    progress: { done: 4, running: 0, queued: 2, missing: 0, failed: 0, of: 6, fraction: 4 / 6 },
    best: {
      settings: { 'optimizer.learningRate': 0.001 },
      setting: 1,
      n: 2,
      by: 'valid.error',
      of: 2,
      valid: { error: { mean: 0.0255, std: 0.0007 }, nll: { mean: 0.0765, std: 0.002 }, loss: null },
      runs: ['5eed0000011', '5eed0000012'],
    },
    notices: [
      'Best of 2 by validation error, the mean over 2 seeds. 1 is not finished.',
      'The best optimizer.learningRate, 0.001, is the lowest of its axis: try lower ones.',
    ],
  }
}

/** Made-up sweeps: one can be looked at; none is made. */
export function fakeSweeps(empty: boolean): Workbench['sweeps'] {
  const all = empty ? [] : [fakeSweep()]
  const get = async ({ sweep }: { sweep: string }): Promise<SweepDetail> => {
    const found = all.find(({ sweep: id, name }) => id === sweep || name === sweep)
    if (found !== undefined) return found
    throw new WorkbenchError('SWEEP_NOT_FOUND', `There is no sweep ${sweep}`, { remedy: 'See the list of sweeps.' })
  }
  const notHere = async (): Promise<never> => {
    throw new WorkbenchError('NOT_HERE', 'This workbench is made up: it does not train', {
      remedy: 'Serve a real one.',
    })
  }
  return {
    list: async () => all.map(({ runs: _, ...summary }) => summary),
    get,
    plan: async (): Promise<SweepPlan> => {
      const told = fakeSweep()
      const runs = told.runs.map((one) => ({ ...one, run: null, status: 'missing' as const, valid: null, test: null }))
      const progress = { ...told.progress, done: 0, queued: 0, missing: runs.length, fraction: 0 }
      const count = { runs: runs.length, missing: runs.length }
      const cost = { seconds: 600, slots: 2, unknown: 0 }
      return { ...told, sweep: null, created: null, runs, progress, best: null, notices: [], count, cost }
    },
    create: notHere,
    resume: get,
    cancel: get,
  }
}
