import { expect, test } from 'vitest'
import { judge } from '../../../src/main/sweeps/best'
import { sweepSpecSchema, type SweepRun, type SweepSpecInput } from '../../../src/shared/sweeps'

const rates = [0.001, 0.01, 0.1]
const spec = (over: Partial<SweepSpecInput> = {}) =>
  sweepSpecSchema.parse({ base: {}, axes: { 'optimizer.learningRate': rates }, ...over })
const evaluation = (split: string, error: number) => ({
  ...{ split, n: 100, loss: 10 * error, error, nll: error, confusion: null },
  errorInterval: null,
})
const run = (setting: number, seed: number, valid: number | null, over: Partial<SweepRun> = {}): SweepRun => ({
  run: `${setting}-${seed}`,
  name: `lr-${setting}-s${seed}`,
  settings: { 'optimizer.learningRate': rates[setting - 1] },
  seed,
  setting,
  rung: 1,
  epochs: 3,
  status: valid === null ? 'queued' : 'done',
  valid: valid === null ? null : evaluation('valid', valid),
  // Upside down: who judged by it would be found out.
  test: valid === null ? null : evaluation('test', 1 - valid),
  error: null,
  ...over,
})
const oneRung = [{ epochs: null, settings: 3, anew: null }]

test('the best is by the mean validation error over the seeds, never by the test split', () => {
  const runs = [run(1, 1, 0.3), run(1, 2, 0.3), run(2, 1, 0.1), run(2, 2, 0.2), run(3, 1, 0.05), run(3, 2, 0.4)]
  const { best, notices } = judge(spec(), runs, oneRung, 'valid.error')
  expect(best).toMatchObject({ settings: { 'optimizer.learningRate': 0.01 }, n: 2, of: 3, runs: ['2-1', '2-2'] })
  expect(best!.valid.error!.mean).toBeCloseTo(0.15, 12)
  expect(best!.valid.error!.std).toBeCloseTo(Math.SQRT1_2 / 10, 12)
  expect(notices).toEqual(['Best of 3 by validation error, the mean over 2 seeds.'])
})

test('one seed has no deviation; of equals the first of the list is the best', () => {
  const { best } = judge(spec(), [run(1, 1, 0.2), run(2, 1, 0.1), run(3, 1, 0.1)], oneRung, 'valid.error')
  expect(best).toMatchObject({ setting: 2, n: 1, valid: { error: { mean: 0.1, std: null } } })
})

test('a setting counts when all of its seeds are done; failed ones are left out, and both are said', () => {
  const runs = [run(1, 1, 0.3), run(1, 2, 0.3), run(2, 1, 0.01), run(2, 2, null), run(3, 1, 0.01)]
  const failed = run(3, 2, null, { status: 'failed' })
  const { best, notices } = judge(spec(), [...runs, failed], oneRung, 'valid.error')
  expect(best).toMatchObject({ setting: 1, of: 1 })
  expect(notices[0]).toBe(
    'Best of 1 by validation error, the mean over 2 seeds. 1 with a failed run is left out. 1 is not finished.',
  )
})

test('nothing is the best before anything is done, or where nothing was validated', () => {
  expect(judge(spec(), [run(1, 1, null)], oneRung, 'valid.error').best).toBeNull()
  const unseen = run(1, 1, 0.1, { valid: null })
  expect(judge(spec(), [unseen], oneRung, 'valid.error').best).toBeNull()
})

test.each([
  [0.001, 'lowest of its axis: try lower ones'],
  [0.1, 'highest of its axis: try higher ones'],
  [0.01, null],
])('the best value %d of a list is %s', (rate, words) => {
  const runs = rates.map((one, at) => run(at + 1, 1, one === rate ? 0.1 : 0.2))
  const { notices } = judge(spec(), runs, oneRung, 'valid.error')
  expect(notices.slice(1)).toEqual(words === null ? [] : [`The best optimizer.learningRate, ${rate}, is the ${words}.`])
})

test('of a range the outermost that was tried is an edge, and so is what lies close to the end', () => {
  const axes = { 'optimizer.learningRate': { from: 1e-4, to: 1, scale: 'log' as const } }
  const best = (values: number[], at: number) =>
    judge(
      spec({ axes, method: 'random', runs: 3 }),
      values.map((rate, place) =>
        run(place + 1, 1, place === at ? 0.1 : 0.2, { settings: { 'optimizer.learningRate': rate } }),
      ),
      oneRung,
      'valid.error',
    ).notices.slice(1)
  expect(best([0.003, 0.01, 0.1], 0)[0]).toMatch(/lowest/)
  expect(best([0.003, 0.01, 0.1], 1)).toEqual([])
  expect(best([0.003, 0.7, 0.8], 1)[0]).toMatch(/highest/)
})

test('a value that no spec may go beyond says so', () => {
  const axes = { 'corruption.level': [0, 0.2] }
  const runs = [0, 0.2].map((level, at) => run(at + 1, 1, 0.1 + level, { settings: { 'corruption.level': level } }))
  expect(judge(spec({ axes }), runs, oneRung, 'valid.error').notices[1]).toMatch(
    /lowest of its axis: it can go no further/,
  )
})

test('a halving compares those that were trained as long, on the last rung that has ended', () => {
  const rungs = [
    { epochs: 1, settings: 3, anew: null },
    { epochs: 4, settings: 1, anew: null },
  ]
  const first = [run(1, 1, 0.3), run(2, 1, 0.2), run(3, 1, 0.1)]
  const halving = spec({ halving: { epochs: [1, 4] } })
  expect(judge(halving, [...first, run(3, 1, null, { rung: 2 })], rungs, 'valid.error')).toMatchObject({
    best: { setting: 3, of: 3, valid: { error: { mean: 0.1 } } },
  })
  const { best, notices } = judge(halving, [...first, run(3, 1, 0.25, { rung: 2 })], rungs, 'valid.error')
  expect(best).toMatchObject({ setting: 3, of: 3, valid: { error: { mean: 0.25 } } })
  expect(notices[0]).toBe('Best of 3 by validation error; 1 of them trained for 4 epochs.')
  expect(notices[1]).toMatch(/highest of its axis/)
})

test('without a classifier the loss decides, and losses of different scales are warned of', () => {
  const runs = [run(1, 1, 0.3), run(2, 1, 0.1)]
  const axes = { 'preprocess.contrast': [true, false] }
  const { best, notices } = judge(spec({ axes }), runs, oneRung, 'valid.loss')
  expect(best).toMatchObject({ by: 'valid.loss', valid: { loss: { mean: 1 } } })
  expect(notices[0]).toMatch(/by validation loss.*hardly compare/)
})
