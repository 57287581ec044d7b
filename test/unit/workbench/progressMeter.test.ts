import { describe, expect, it } from 'vitest'
import { runSpecSchema } from '../../../src/shared/spec/schema'
import { ProgressMeter, workOf } from '../../../src/main/workbench/progressMeter'

const spec = runSpecSchema.parse({
  model: { kind: 'mcae' },
  dataset: 'rect',
  epochs: 10,
  classifier: { finetune: 'all', epochs: 5 },
})
const counts = { train: 1000, valid: 200, test: 800 }
const at = { class: 0, epoch: 1, epochs: 10, step: 5, loss: 1 }

describe('workOf', () => {
  it('counts images through one model', () => {
    expect(workOf(spec, 2, counts)).toEqual({
      whiten: 0,
      pretrain: 3 * 10 * 1000,
      fit: 2 * 2000 + 3 * 5 * 2000,
      evaluate: 2 * 1000,
    })
  })

  it('whitens the training images once', () => {
    const whitened = { ...spec, preprocess: { ...spec.preprocess, whiten: true } }
    expect(workOf(whitened, 2, counts).whiten).toBe(2 * 1000)
  })

  it('has no fit without a classifier', () => {
    const { classifier: _, ...one } = spec
    expect(workOf(one, 1, counts).fit).toBe(0)
  })
})

describe('ProgressMeter', () => {
  const work = { whiten: 0, pretrain: 60, fit: 30, evaluate: 10 }

  it('adds the shares of all phases, each model an equal part of pretraining', () => {
    let now = 0
    const meter = new ProgressMeter(work, 2, () => now)
    expect(meter.update({ phase: 'pretrain', ...at }, 0.5).fraction).toBeCloseTo(0.15)
    meter.update({ phase: 'pretrain', ...at }, 1)
    meter.update({ phase: 'pretrain', ...at, class: 1 }, 1)
    now = 1
    expect(meter.update({ phase: 'fit', ...at, class: null }, 1).fraction).toBeCloseTo(0.9)
  })

  it('tells no estimate before five seconds, then the rest at the pace so far', () => {
    let now = 0
    const meter = new ProgressMeter(work, 2, () => now)
    meter.update({ phase: 'pretrain', ...at }, 0)
    now = 4
    expect(meter.update({ phase: 'pretrain', ...at }, 0.2).eta).toBeNull()
    now = 10
    const { eta, fraction } = meter.update({ phase: 'pretrain', ...at }, 0.5)
    expect(fraction).toBeCloseTo(0.15)
    expect(eta).toBeCloseTo((0.85 * 10) / 0.15)
  })

  it('does not take what an earlier process did as its own pace', () => {
    let now = 0
    const meter = new ProgressMeter(work, 2, () => now)
    meter.skip('pretrain', 0)
    meter.update({ phase: 'pretrain', ...at, class: 1 }, 0)
    now = 10
    expect(meter.update({ phase: 'pretrain', ...at, class: 1 }, 0.5).eta).toBeCloseTo((0.55 * 10) / 0.15)
  })
})
