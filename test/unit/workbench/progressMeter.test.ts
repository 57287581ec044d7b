import { describe, expect, it } from 'vitest'
import { runSpecSchema } from '../../../src/shared/spec/schema'
import { findPreset } from '../../../src/shared/presets'
import { ProgressMeter, workOf, type Position } from '../../../src/main/workbench/progressMeter'

const spec = runSpecSchema.parse({
  model: { kind: 'mcae' },
  dataset: 'rect',
  epochs: 10,
  classifier: { finetune: 'all', epochs: 5 },
})
const counts = { train: 1000, valid: 200, test: 800 }

describe('workOf', () => {
  it('counts images through one model, by what each stage costs', () => {
    expect(workOf(spec, 2, counts)).toEqual({
      whiten: 0,
      pretrain: 3 * 10 * 1000,
      coefficients: 6 * 2000,
      finetune: 3 * 5 * 2000,
      otherEnergy: 6 * 2000,
      evaluate: 3 * 2 * 1000,
    })
  })

  it('whitens the training images once', () => {
    const whitened = { ...spec, preprocess: { ...spec.preprocess, whiten: true } }
    expect(workOf(whitened, 2, counts).whiten).toBe(2 * 1000)
  })

  it('has no fit without a classifier, and one energy without factors', () => {
    const { classifier: _, ...one } = spec
    expect(workOf(one, 1, counts)).toMatchObject({ coefficients: 0, finetune: 0, otherEnergy: 0 })
    expect(workOf(runSpecSchema.parse({ ...spec, model: { kind: 'ae' } }), 2, counts).otherEnergy).toBe(0)
  })
})

it('the quick preset has at most 60 % of the work of the full one', () => {
  const total = (name: string) => {
    const { spec: of, data } = findPreset(name)
    const work = workOf(runSpecSchema.parse({ ...of, dataset: 'rect' }), 2, data ?? counts)
    return Object.values(work).reduce((sum, part) => sum + part, 0)
  }
  expect(total('quick')).toBeLessThan(0.6 * total('rect-mcae'))
})

describe('ProgressMeter', () => {
  const work = { whiten: 0, pretrain: 60, coefficients: 10, finetune: 0, otherEnergy: 10, evaluate: 20 }
  let now = 0
  const start = (of = work, models = 2) => {
    now = 0
    return new ProgressMeter(of, models, () => now)
  }
  const at = (phase: Position['phase'], model: number | null = null, epoch = 1): Position => ({
    ...{ phase, class: model, epoch },
    ...{ epochs: 10, step: 5, loss: 1 },
  })

  it('adds the shares of all stages, each model an equal part of pretraining', () => {
    const meter = start()
    expect(meter.update(at('pretrain', 0), 0.5).fraction).toBeCloseTo(0.15)
    meter.update(at('pretrain', 0), 1)
    meter.update(at('pretrain', 1), 1)
    expect(meter.update(at('fit'), 0.5).fraction).toBeCloseTo(0.65)
    // The other energy is fitted between the last word of the fit and the first of the evaluation.
    expect(meter.update(at('fit'), 1).fraction).toBeCloseTo(0.7)
    expect(meter.update(at('evaluate'), 0.5).fraction).toBeCloseTo(0.9)
    expect(meter.update(at('evaluate'), 1).fraction).toBe(1)
  })

  it('a model that stopped early has no epochs left, and a stage that is over nothing', () => {
    const meter = start()
    meter.update(at('pretrain', 0), 0.2)
    meter.finish('pretrain', 0)
    expect(meter.update(at('pretrain', 1), 0.5).fraction).toBeCloseTo(0.45)
    expect(meter.update(at('fit'), 0).fraction).toBeCloseTo(0.6)
  })

  it('tells no estimate within five seconds of the first word, and none of the start in it', () => {
    const meter = start()
    now = 20
    meter.update(at('pretrain', 0), 0.01)
    now = 24
    expect(meter.update(at('pretrain', 0), 0.1).eta).toBeNull()
    now = 30
    // 0.49 of a model in 10 s, each model 30: what is left is 84.99 of them.
    const { eta, fraction } = meter.update(at('pretrain', 0), 0.5)
    expect(fraction).toBeCloseTo(0.15)
    expect(eta).toBeCloseTo((85 * 10) / (0.49 * 30))
  })

  it('follows the recent pace', () => {
    const meter = start({ ...work, pretrain: 1000, coefficients: 0, otherEnergy: 0, evaluate: 0 }, 1)
    // A hundred seconds of another program beside it, then ten times as fast.
    for (let t = 0; t <= 100; t++) meter.update(at('pretrain', ((now = t), 0)), t / 1000)
    for (let t = 101; t <= 180; t++) meter.update(at('pretrain', ((now = t), 0)), 0.1 + (t - 100) / 100)
    now = 180
    expect(meter.update(at('pretrain', 0), 0.9).eta).toBeLessThan(15)
  })

  it('knows of the fit of all weights that it begins with that of the coefficients', () => {
    const meter = start({ ...work, coefficients: 40, finetune: 60, pretrain: 0 }, 1)
    meter.update(at('fit', null, 0), 0)
    now = 10
    // Half of the coefficients, which the trainer tells as a fortieth of the fit.
    const { fraction, eta } = meter.update(at('fit', null, 0), 0.025)
    expect(fraction).toBeCloseTo(20 / 130)
    expect(eta).toBeCloseTo(10 * (110 / 20))
    expect(meter.update(at('fit', null, 1), 0.525).fraction).toBeCloseTo(70 / 130)
  })

  it('goes on at the pace before while the next stage begins, and does not end early', () => {
    const meter = start()
    meter.update(at('pretrain', 0), 0)
    now = 60
    meter.update(at('pretrain', 0), 1)
    meter.update(at('pretrain', 1), 1)
    now = 61
    expect(meter.update(at('fit'), 0).eta).toBeCloseTo(40)
    now = 80
    meter.update(at('fit'), 1)
    now = 100
    const last = meter.update(at('evaluate'), 0.1)
    expect(last.eta).toBeGreaterThan(10)
    expect(last.fraction).toBeLessThan(0.9)
  })

  it('does not take what an earlier process did as its own pace', () => {
    const meter = start()
    meter.finish('pretrain', 0)
    meter.update(at('pretrain', 1), 0)
    now = 10
    expect(meter.update(at('pretrain', 1), 0.5).eta).toBeCloseTo((55 * 10) / 15)
  })
})
