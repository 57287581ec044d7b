import { kindNames, kindOf, takesPairs } from '../../../shared/kinds'
import type { JsonObject } from '../../../shared/spec/paths'
import { applies, isPart, schemaAt, valueAt } from '../../../shared/spec/nodes'
import { settingPaths } from '../../../shared/spec/settings'

export type SpecControl = 'integer' | 'number' | 'choice' | 'switch' | 'part'

/** One field of the form, described by the spec's schema. */
export interface SpecField {
  /** Key path in the spec: "model.factors" */
  path: string
  label: string
  help: string | null
  control: SpecControl
  /** Of a choice: its values. */
  options: readonly string[]
  min?: number
  max?: number
  /** Of a part (an object that may be left out): what "off" writes. */
  off?: null
}

export interface SpecGroup {
  title: string
  fields: readonly SpecField[]
}

interface Entry {
  path: string
  label: string
  /** In words of the form, where the schema speaks of JSON. */
  help?: string
  when?: (value: (path: string) => unknown) => boolean
}

type When = NonNullable<Entry['when']>
const kindAt = (value: Parameters<When>[0]) => kindNames.find((name) => name === value('model.kind')) ?? kindNames[0]!
const gated: When = (value) => kindOf(kindAt(value)).gated
const pairs: When = (value) => takesPairs(kindAt(value))
const images: When = (value) => !pairs(value)
const corrupted: When = (value) => value('corruption.kind') !== 'none'
const contracted: When = (value) => value('contraction.weight') !== 0
const classified: When = (value) => images(value) && value('classifier') != null
const tuned: When = (value) => classified(value) && value('classifier.finetune') === 'all'
const scaled: When = (value) => classified(value) && value('classifier.finetune') !== 'biases'

const layout: readonly { title: string; entries: readonly Entry[] }[] = [
  {
    title: 'Model',
    entries: settingPaths
      .filter((path) => path.startsWith('model.'))
      .map((path) => ({ path, label: schemaAt(path).title ?? path })),
  },
  {
    title: 'Input',
    entries: [
      { path: 'preprocess.contrast', label: 'Contrast normalisation' },
      { path: 'preprocess.center', label: 'Centring' },
      { path: 'preprocess.whiten', label: 'Whitening' },
      { path: 'corruption.kind', label: 'Corruption' },
      { path: 'corruption.level', label: 'Corruption level', when: corrupted },
      { path: 'corruption.on', label: 'Corrupted image', when: (value) => pairs(value) && corrupted(value) },
      { path: 'contraction.weight', label: 'Contraction' },
      { path: 'contraction.estimate', label: 'Contraction by', when: contracted },
    ],
  },
  {
    title: 'Training',
    entries: [
      { path: 'fresh', label: 'Fresh examples', when: (value) => value('classifier') == null },
      { path: 'epochs', label: 'Epochs' },
      { path: 'batchSize', label: 'Batch size' },
      { path: 'optimizer.kind', label: 'Optimizer' },
      { path: 'optimizer.learningRate', label: 'Learning rate' },
      { path: 'optimizer.schedule', label: 'Schedule' },
      { path: 'optimizer.momentum', label: 'Momentum', when: (value) => value('optimizer.kind') === 'sgd' },
      { path: 'optimizer.weightDecay', label: 'Weight decay' },
      {
        path: 'optimizer.maxNorm',
        label: 'Longest filter',
        help: 'norm of a row of W, W_X, W_Y, W_F; empty: no limit',
      },
      { path: 'seed', label: 'Seed' },
      { path: 'earlyStopping', label: 'Early stopping', help: 'off: train all epochs, keep the last weights' },
      { path: 'earlyStopping.patience', label: 'Patience', when: (value) => value('earlyStopping') !== null },
    ],
  },
  {
    title: 'Classifier',
    entries: [
      {
        path: 'classifier',
        label: 'One model per class',
        help: 'compared by eq. 7 and 8; off: one model on all the data',
        when: images,
      },
      { path: 'classifier.energy', label: 'Energy', when: (value) => classified(value) && gated(value) },
      { path: 'classifier.finetune', label: 'Fine-tuning', when: classified },
      { path: 'classifier.scales', label: 'Scales', when: scaled },
      { path: 'classifier.holdout', label: 'Held out', when: classified },
      { path: 'classifier.epochs', label: 'Epochs of fine-tuning', when: tuned },
      { path: 'classifier.batchSize', label: 'Batch size of fine-tuning', when: tuned },
      { path: 'classifier.learningRate', label: 'Learning rate of fine-tuning', when: tuned },
      { path: 'classifier.schedule', label: 'Schedule of fine-tuning', when: tuned },
      { path: 'classifier.weightDecay', label: 'Weight decay of fine-tuning', when: tuned },
      { path: 'classifier.corruption.kind', label: 'Corruption in fine-tuning', when: tuned },
      {
        path: 'classifier.corruption.level',
        label: 'Level in fine-tuning',
        when: (value) => tuned(value) && value('classifier.corruption.kind') !== 'none',
      },
      { path: 'classifier.earlyStopping', label: 'Early stopping of fine-tuning', when: tuned },
      {
        path: 'classifier.earlyStopping.patience',
        label: 'Patience of fine-tuning',
        when: (value) => tuned(value) && value('classifier.earlyStopping') !== null,
      },
    ],
  },
]

function field({ path, label, help: own }: Entry): SpecField {
  const node = schemaAt(path)
  const help = own ?? node.description?.replaceAll('`', '') ?? null
  if (node.properties !== undefined) return { path, label, help, control: 'part', options: [] }
  if (isPart(node)) return { path, label, help, control: 'part', options: [], off: null }
  if (node.enum !== undefined) return { path, label, help, control: 'choice', options: node.enum }
  if (node.type === 'boolean') return { path, label, help, control: 'switch', options: [] }
  const { type, minimum, exclusiveMinimum, maximum } = node.anyOf?.find((one) => one.type !== 'null') ?? node
  const control = type === 'integer' ? 'integer' : 'number'
  return { path, label, help, control, options: [], min: minimum ?? exclusiveMinimum, max: maximum }
}

const groups = layout.map(({ title, entries }) => ({
  title,
  rows: entries.map((entry) => ({ entry, field: field(entry) })),
}))

/** Every field of the form, whether it applies or not. */
export const allFields: readonly SpecField[] = groups.flatMap(({ rows }) => rows.map((row) => row.field))

/** The fields that mean something for this spec; a choice of one is none. */
export function fieldsFor(spec: JsonObject): SpecGroup[] {
  const value = (path: string) => valueAt(spec, path)
  return groups
    .map(({ title, rows }) => ({
      title,
      fields: rows
        .filter(({ entry, field: { control, options } }) => {
          return (
            applies(spec, entry.path) && (entry.when?.(value) ?? true) && !(control === 'choice' && options.length < 2)
          )
        })
        .map((row) => row.field),
    }))
    .filter(({ fields }) => fields.length > 0)
}

/** Whether a part is on: written and not null, or on by default. */
export const isOn = (spec: JsonObject, { path }: SpecField): boolean => valueAt(spec, path) != null
