import type { ModelSettings, RunSpec } from '../../../shared/spec/schema'
import { largestNeed, memoryNeed, type DatasetSize } from './memoryNeed'

const unitKeys = ['hidden', 'factors', 'mappings'] as const
/** Enough to bring three counts of units, and the images of a step, down to 1. */
const mostHalvings = 51

const half = (value: number, times: number): number => Math.max(1, Math.floor(value / 2 ** times))

/** The largest count of units halved, so many times: a small one costs nothing. */
function withUnits(spec: RunSpec, halvings: number): { spec: RunSpec; words: string } {
  const settings: ModelSettings = spec.model
  const units = new Map(unitKeys.flatMap((key) => (settings[key] === undefined ? [] : [[key, settings[key]] as const])))
  const before = new Map(units)
  for (let turn = 0; turn < halvings; turn++) {
    const [key, value] = [...units].reduce((most, one) => (one[1] > most[1] ? one : most))
    units.set(key, half(value, 1))
  }
  const changed = [...units].filter(([key, value]) => value !== before.get(key))
  const words = changed.map(([key, value]) => `model.${key} ${value}`).join(', ')
  return { spec: { ...spec, model: { ...spec.model, ...Object.fromEntries(units) } }, words }
}

function withBatch(spec: RunSpec, halvings: number): { spec: RunSpec; words: string } {
  const batchSize = half(spec.batchSize, halvings)
  const { classifier } = spec
  if (classifier?.finetune !== 'all') return { spec: { ...spec, batchSize }, words: `batchSize ${batchSize}` }
  const own = half(classifier.batchSize, halvings)
  const words = `batchSize ${batchSize} with classifier.batchSize ${own}`
  return { spec: { ...spec, batchSize, classifier: { ...classifier, batchSize: own } }, words }
}

/** Settings, each by itself, with which a run would need no more than so many bytes: as large as halving finds them. */
export function sizesThatFit(spec: RunSpec, dataset: DatasetSize, cores: number, bytes: number): string[] {
  const fits = (changed: RunSpec) => largestNeed(memoryNeed(changed, dataset, cores)).total <= bytes
  const found: string[] = []
  for (const smaller of [withUnits, withBatch]) {
    for (let halvings = 1; halvings <= mostHalvings; halvings++) {
      const { spec: changed, words } = smaller(spec, halvings)
      if (!fits(changed)) continue
      found.push(words)
      break
    }
  }
  const { contraction } = spec
  if (contraction.weight > 0 && contraction.estimate === 'exact') {
    if (fits({ ...spec, contraction: { ...contraction, estimate: 'sampled' } }))
      found.push('contraction.estimate "sampled"')
  }
  return found
}
