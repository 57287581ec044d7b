import { expect, test } from 'vitest'
import { sweepSpecSchema, type SweepSpecInput } from '../../../src/shared/sweeps'
import { haltonPoint } from '../../../src/main/sweeps/halton'
import { settingsOf } from '../../../src/main/sweeps/settings'

const base = { model: { kind: 'mcae' }, dataset: 'rect' }
const make = (sweep: Partial<SweepSpecInput>, over: object = {}) =>
  settingsOf(sweepSpecSchema.parse({ base, axes: {}, ...sweep }), { ...base, ...over })
const listed = async (sweep: Partial<SweepSpecInput>, over: object = {}) =>
  (await make(sweep, over)).list.map(({ settings }) => settings)
const refusal = (sweep: Partial<SweepSpecInput>, over: object = {}) =>
  make(sweep, over).then(
    () => null,
    (error: { code: string; message: string; where: string; remedy: string }) => error,
  )

test('a grid is every combination, the last axis fastest; fewer runs are its first part', async () => {
  const axes = { 'optimizer.learningRate': [0.1, 0.01], 'corruption.level': [0, 0.2, 0.4] }
  const all = await listed({ axes })
  expect(all.map((one) => Object.values(one))).toEqual([
    [0.1, 0],
    [0.1, 0.2],
    [0.1, 0.4],
    [0.01, 0],
    [0.01, 0.2],
    [0.01, 0.4],
  ])
  const some = await make({ axes, runs: 4 })
  expect(some.list.map(({ settings }) => settings)).toEqual(all.slice(0, 4))
  expect(some.notices).toEqual(['The first 4 of the 6 settings of the grid.'])
})

test('a sweep without an axis is its base', async () => {
  expect(await listed({ axes: {} })).toEqual([{}])
})

test('50 more go on with the sequence: the first ones stay, whatever the number', async () => {
  const axes = {
    'optimizer.learningRate': { from: 1e-4, to: 1, scale: 'log' as const },
    'model.hidden': { from: 10, to: 500 },
  }
  const few = await listed({ axes, method: 'random', runs: 20 })
  const many = await listed({ axes, method: 'random', runs: 70 })
  expect(many.slice(0, 20)).toEqual(few)
  expect(new Set(many.map((one) => JSON.stringify(one))).size).toBe(70)
  expect(await listed({ axes, method: 'random', runs: 20, seed: 2 })).not.toEqual(few)
})

test('points are the same on every machine', async () => {
  const axes = { 'optimizer.learningRate': { from: 1e-4, to: 1, scale: 'log' as const }, epochs: { from: 1, to: 40 } }
  expect(await listed({ axes, method: 'random', runs: 4, seed: 7 })).toMatchInlineSnapshot(`
    [
      {
        "epochs": 23,
        "optimizer.learningRate": 0.0482476,
      },
      {
        "epochs": 10,
        "optimizer.learningRate": 0.000482476,
      },
      {
        "epochs": 36,
        "optimizer.learningRate": 0.482476,
      },
      {
        "epochs": 15,
        "optimizer.learningRate": 0.00482476,
      },
    ]
  `)
})

test.each([1, 2, 3, 5])('in each of %i directions the first 60 points fall evenly', (dimensions) => {
  const points = Array.from({ length: 60 }, (_, index) => haltonPoint(5, index, dimensions))
  for (let axis = 0; axis < dimensions; axis++) {
    const counts = Array.from({ length: 5 }, () => 0)
    for (const point of points) {
      expect(point[axis]).toBeGreaterThanOrEqual(0)
      expect(point[axis]).toBeLessThan(1)
      counts[Math.floor(5 * point[axis]!)]!++
    }
    // Independent draws would leave one with 5 or fewer every other time.
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(9)
  }
})

test('a logarithmic axis has as many values in every decade', async () => {
  const axes = { 'optimizer.learningRate': { from: 1e-4, to: 1, scale: 'log' as const } }
  const rates = (await listed({ axes, method: 'random', runs: 40 })).map((one) => Number(Object.values(one)[0]))
  for (const decade of [1e-4, 1e-3, 1e-2, 1e-1]) {
    const within = rates.filter((rate) => rate >= decade && rate < 10 * decade)
    expect(within.length).toBeGreaterThanOrEqual(9)
    expect(within.length).toBeLessThanOrEqual(11)
  }
})

test('whole numbers are rounded, both ends among them, and said; equal points are made once', async () => {
  const { list, notices } = await make({ axes: { epochs: { from: 1, to: 4 } }, method: 'random', runs: 10 })
  expect(list.map(({ settings }) => settings.epochs).sort()).toEqual([1, 2, 3, 4])
  expect(notices).toEqual(['epochs: rounded to whole numbers.', 'The space has only 4 different settings: 4, not 10.'])
  const eight = await make({ axes: { epochs: { from: 1, to: 8 } }, method: 'random', runs: 8 })
  expect(eight.list).toHaveLength(8)
  expect(eight.notices[1]).toMatch(/equals? an earlier one, after rounding: made once/)
})

test('a value twice in a list is made once, and said', async () => {
  const { list, notices } = await make({ axes: { epochs: [1, 2, 1] } })
  expect(list).toHaveLength(2)
  expect(notices).toEqual(['One point equals an earlier one: made once.'])
})

test('keys that mean nothing beside the others are left out, and what is the same then is made once', async () => {
  const kinds = { 'model.kind': ['ae', 'cae'], 'model.hidden': [10, 20], 'model.factors': [5, 6] }
  expect(await listed({ axes: kinds })).toEqual([
    { 'model.kind': 'ae', 'model.hidden': 10 },
    { 'model.kind': 'ae', 'model.hidden': 20 },
    { 'model.kind': 'cae', 'model.factors': 5 },
    { 'model.kind': 'cae', 'model.factors': 6 },
  ])
  expect(await listed({ axes: { 'optimizer.kind': ['adam', 'sgd'], 'optimizer.momentum': [0, 0.9] } })).toEqual([
    { 'optimizer.kind': 'adam' },
    { 'optimizer.kind': 'sgd', 'optimizer.momentum': 0 },
    { 'optimizer.kind': 'sgd', 'optimizer.momentum': 0.9 },
  ])
  expect(await listed({ axes: { earlyStopping: [null, {}], 'earlyStopping.patience': [2, 3] } })).toEqual([
    { earlyStopping: null },
    { earlyStopping: {}, 'earlyStopping.patience': 2 },
    { earlyStopping: {}, 'earlyStopping.patience': 3 },
  ])
})

test.each<[string, Partial<SweepSpecInput>, string, RegExp]>([
  ['unknown', { axes: { 'optimizer.lerningRate': [0.1] } }, 'SWEEP_AXIS', /Nearest: optimizer\.learningRate/],
  ['seed', { axes: { seed: [1, 2] } }, 'SWEEP_AXIS', /seeds/],
  ['dataset', { axes: { dataset: ['a', 'b'] } }, 'SWEEP_AXIS', /each dataset/],
  ['a range in a grid', { axes: { epochs: { from: 1, to: 9 } } }, 'SWEEP_AXIS', /List its values/],
  [
    'a range of words',
    { axes: { 'corruption.kind': { from: 1, to: 9 } }, method: 'random', runs: 2 },
    'SWEEP_AXIS',
    /List its values/,
  ],
  ['upside down', { axes: { epochs: { from: 9, to: 1 } }, method: 'random', runs: 2 }, 'SWEEP_AXIS', /lower end first/],
  [
    'log of nothing',
    { axes: { 'corruption.level': { from: 0, to: 1, scale: 'log' } }, method: 'random', runs: 2 },
    'SWEEP_AXIS',
    /from above 0/,
  ],
  [
    'half an epoch',
    { axes: { epochs: { from: 1.5, to: 3 } }, method: 'random', runs: 2 },
    'SWEEP_AXIS',
    /whole numbers/,
  ],
  ['no number of settings', { axes: { epochs: { from: 1, to: 3 } }, method: 'random' }, 'SWEEP_RUNS', /"runs": 20/],
  ['epochs of a halving', { axes: { epochs: [1, 2] }, halving: { epochs: [1, 2] } }, 'SWEEP_AXIS', /halving/],
  ['of another kind', { axes: { 'model.tied': [true, false] } }, 'SWEEP_AXIS', /another kind of model/],
  ['a value that no spec has', { axes: { 'optimizer.learningRate': [0.1, 20] } }, 'SWEEP_SETTING', /no run was made/],
  [
    'a key set twice',
    { axes: { optimizer: [{ momentum: 0 }], 'optimizer.momentum': [0.5] } },
    'SWEEP_AXIS',
    /one place/,
  ],
])('refused, with what to write instead: %s', async (_, sweep, code, remedy) => {
  const error = await refusal(sweep)
  expect(error).toMatchObject({ code })
  expect(error!.remedy).toMatch(remedy)
})

test('a setting that a spec refuses is named with its axis and value', async () => {
  expect(await refusal({ axes: { 'optimizer.learningRate': [0.1, 20] } })).toMatchObject({
    where: 'axes, optimizer.learningRate',
    message: expect.stringContaining('optimizer.learningRate 20'),
  })
  // Each value is right alone: together they are refused.
  expect(await refusal({ axes: { 'model.visible': ['bernoulli'], 'preprocess.center': [true] } })).toMatchObject({
    code: 'SWEEP_SETTING',
    message: expect.stringContaining('preprocess.center'),
  })
})
