import { runSpecSchema } from '../../src/shared/spec/schema'
import { allPairs, type Axis, type Row } from './allPairs'
import { specNode, type SchemaNode } from '../../src/shared/spec/nodes'
import { setAt } from '../../src/shared/spec/paths'
import { ownKeys } from '../../src/shared/spec/read'

/** Every key of a spec with a few values: those of its enumeration, or false and true. */
function axesOf(schema: SchemaNode, path: string): Axis[] {
  const { enum: names, type } = schema
  if (names !== undefined) return names.length < 2 ? [] : [{ name: path, values: names }]
  if (type === 'boolean') return [{ name: path, values: [false, true] }]
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
    axesOf(value, path === '' ? key : `${path}.${key}`),
  )
}

/** Fresh examples are a matter of the data, not of a step: a job is handed them. */
const ofTheData = 'fresh'

/** All keys of the schema that take one of a few values, and numbers and parts that switch something on. */
const axes: Axis[] = [
  { name: 'contraction.weight', values: [0, 0.02] },
  { name: 'optimizer.maxNorm', values: [null, 0.6] },
  { name: 'classifier', values: [undefined, 'on'] },
  ...axesOf(specNode, '').filter(({ name }) => name !== ofTheData),
]

const small = {
  dataset: 'generated',
  model: { hidden: 4, factors: 5, mappings: 3, factorStd: 0.2 },
  optimizer: { learningRate: 0.002, weightDecay: 0.001 },
  epochs: 2,
  batchSize: 8,
  earlyStopping: null,
}
const smallClassifier = { epochs: 1, batchSize: 12, holdout: 0.25, weightDecay: 0.001, earlyStopping: null }

type When = (row: Row) => boolean
const pairs: When = (row) => row['model.kind'] === 'gae'
const classified: When = ({ classifier }) => classifier !== undefined

/** Where a key means something; everywhere where nothing is said. */
const when: Record<string, When> = {
  'model.tied': pairs,
  'model.objective': pairs,
  'model.mappingInit': (row) => row['model.kind'] !== 'ae',
  'corruption.on': (row) => pairs(row) && row['corruption.kind'] !== 'none',
  'contraction.estimate': (row) => row['contraction.weight'] !== 0,
  'classifier.energy': (row) => classified(row) && row['model.kind'] !== 'ae',
  'classifier.finetune': classified,
  'classifier.scales': (row) => classified(row) && row['classifier.finetune'] !== 'biases',
  'classifier.schedule': (row) => classified(row) && row['classifier.finetune'] === 'all',
  'classifier.corruption.kind': (row) => classified(row) && row['classifier.finetune'] === 'all',
}

/** The spec of a row; what belongs to a classifier is left out without one. */
export function specOf(row: Row): unknown {
  let spec: unknown = classified(row) ? { ...small, classifier: smallClassifier } : small
  for (const { name } of axes) {
    if (name === 'classifier' || (name.startsWith('classifier.') && !classified(row))) continue
    spec = setAt(spec, name, row[name])
  }
  return ownKeys(spec).spec
}

/** Starts of the options that never meet: the spec refuses them together, or one leaves the other without a meaning. */
export const keptApart: readonly (readonly [string, string])[] = [
  ['model.kind=gae', 'classifier'],
  ['model.decoder=own', 'classifier'],
  ['model.visible=bernoulli', 'preprocess.'],
  ...['model.tied', 'model.objective', 'corruption.on'].flatMap((ofPairs) => [
    ...['ae', 'cae', 'mcae'].map((kind) => [`model.kind=${kind}`, ofPairs] as const),
    [ofPairs, 'classifier'] as const,
  ]),
  ['model.kind=ae', 'model.mappingInit'],
  ['model.kind=ae', 'classifier.energy'],
  ['corruption.kind=none', 'corruption.on'],
  ['contraction.weight=0', 'contraction.estimate'],
  ['classifier=undefined', 'classifier.'],
  ['classifier.finetune=biases', 'classifier.scales'],
  ['classifier.finetune=biases', 'classifier.corruption'],
  ['classifier.finetune=scales', 'classifier.corruption'],
  ['classifier.finetune=biases', 'classifier.schedule'],
  ['classifier.finetune=scales', 'classifier.schedule'],
]

function counting(row: Row): ReadonlySet<string> | null {
  if (classified(row) && (pairs(row) || row['model.decoder'] === 'own')) return null
  if (!runSpecSchema.safeParse(specOf(row)).success) return null
  return new Set(axes.map(({ name }) => name).filter((name) => when[name]?.(row) ?? true))
}

/** Specs in which every two options that can meet do so, and the pairs that cannot. */
export const specMatrix = () => allPairs(axes, counting)
