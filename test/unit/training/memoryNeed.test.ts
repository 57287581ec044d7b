import { describe, expect, it } from 'vitest'
import { largestNeed, memoryNeed, type DatasetSize } from '../../../src/main/training/memory/memoryNeed'
import { sizesThatFit } from '../../../src/main/training/memory/fitting'
import { readSpec } from '../../../src/shared/spec/read'

const shifts = (train: number, valid = 100): DatasetSize => ({
  shape: [13, 13],
  targetShape: [13, 13],
  classes: null,
  n: { train, valid, test: 100 },
})
const rectangles: DatasetSize = {
  shape: [28, 28],
  targetShape: null,
  classes: ['tall', 'wide'],
  n: { train: 2000, valid: 500, test: 2000 },
}
const gae = (factors: number, mappings: number, rest = {}) => ({ model: { kind: 'gae', factors, mappings }, ...rest })
const mcae = (mappings: number, rest: object) => ({
  model: { kind: 'mcae', hidden: 512, factors: 1024, mappings },
  ...rest,
})
const needOf = (spec: object, dataset: DatasetSize) =>
  memoryNeed(readSpec({ dataset: 'd', ...spec }, 'spec'), dataset, 2)

const MiB = 2 ** 20

/** Peak resident memory of real trainers on Linux (onnxruntime on the CPU, 2 threads), in MiB. */
const measured: [string, object, DatasetSize, string, number][] = [
  ['a small gae', gae(128, 64), shifts(1000), 'pretrain', 120],
  ['1,024 factors', gae(1024, 512), shifts(1000), 'pretrain', 173],
  ['2,048 factors', gae(2048, 2048), shifts(1000), 'pretrain', 435],
  ['2,048 factors, adam', gae(2048, 2048, { optimizer: { kind: 'adam' } }), shifts(1000), 'pretrain', 565],
  ['4,096 factors', gae(4096, 4096), shifts(1000), 'pretrain', 1193],
  ['batches of 2,000', gae(2048, 256, { batchSize: 2000 }), shifts(4000), 'pretrain', 422],
  ['batches of 4,000', gae(2048, 256, { batchSize: 4000 }), shifts(8000), 'pretrain', 685],
  ['an exact contraction', gae(512, 512, { contraction: { weight: 0.1 } }), shifts(1000), 'pretrain', 914],
  ['many pairs', gae(64, 32), shifts(60_000, 1000), 'pretrain', 239],
  ['many pairs, contrast', gae(64, 32, { preprocess: { contrast: true } }), shifts(60_000, 1000), 'pretrain', 306],
  ['two models at once', mcae(512, { classifier: {} }), rectangles, 'pretrain', 512],
  ['the fit of a classifier', mcae(512, { classifier: {} }), rectangles, 'fit', 192],
  ['all weights of a classifier', mcae(1024, { classifier: { finetune: 'all' } }), rectangles, 'fit', 595],
  ['whitening', mcae(512, { preprocess: { whiten: true, contrast: true } }), rectangles, 'whiten', 202],
  ['evaluation', mcae(512, { classifier: {} }), rectangles, 'evaluate', 179],
]

describe('the memory that a run needs', () => {
  it.each(measured)('is what was measured, to a quarter: %s', (_, spec, dataset, phase, peak) => {
    const need = needOf(spec, dataset).find((one) => one.phase === phase)!
    expect(need.total / MiB / peak).toBeGreaterThan(0.75)
    expect(need.total / MiB / peak).toBeLessThan(1.25)
  })

  it('is known of every size that a spec may have', () => {
    const largest = needOf(gae(65_536, 65_536), shifts(1000))
    // Seven copies of weights and their momentum: W_F and W_M in float32.
    const weights = 2 * 7 * 4 * (65_536 * 65_536 + 65_536 * 169)
    expect(largestNeed(largest).weights / weights).toBeCloseTo(1, 2)
  })

  it('is more than 23 GB for pairs of 512 x 512 and 2,048 factors', () => {
    const pairs: DatasetSize = { ...shifts(200), shape: [512, 512], targetShape: [512, 512] }
    expect(largestNeed(needOf(gae(2048, 256), pairs)).total).toBeGreaterThan(23e9)
  })
})

describe('sizes that would fit', () => {
  const fitting = (spec: object, bytes: number) =>
    sizesThatFit(readSpec({ dataset: 'd', ...spec }, 'spec'), shifts(4000), 2, bytes)
  const totalOf = (spec: object) => largestNeed(needOf(spec, shifts(4000))).total

  it('halve the units that are most, and leave the others', () => {
    const factors = Number(/^model\.factors (\d+)$/.exec(fitting(gae(8192, 16), 2e8)[0]!)?.[1])
    expect(totalOf(gae(factors, 16))).toBeLessThan(2e8)
    expect(totalOf(gae(2 * factors, 16))).toBeGreaterThan(2e8)
  })

  it('name the batch and the estimate of the contraction where those are what takes it', () => {
    expect(fitting(gae(512, 128, { batchSize: 4000 }), 1.6e8)[1]).toMatch(/^batchSize \d+$/)
    expect(fitting(gae(512, 512, { contraction: { weight: 0.1 } }), 4e8)).toContain('contraction.estimate "sampled"')
  })
})
