import { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'
import { energyKindSchema, type ModelDescription } from '../../shared/model'
import { preprocessSchema, type PreprocessSpec } from '../../shared/spec/schema'
import { modelKinds } from '../models/kinds/registry'
import { parameterShapes } from '../models/parameters'
import { type SavedModel } from './savedModel'
import { axes, axesInWords, checkWeightShapes } from './weightShapes'
import { learnedArrays, learnedNames, takeLearned } from './learnedArrays'
import { coefficientNames, type Coefficients } from '../models/coefficients'
import type { WeightArray, WeightArrays } from '../models/weightArray'
import { activationSchema, decoderSchema, visibleSchema } from '../../shared/kinds/keys'
import { kindNames, kindOf, modelKindSchema, takesPairs, type ModelKind } from '../../shared/kinds'

/** An array of an .npz, or the text of its `meta`. */
export type NamedArray = { shape: readonly number[]; data: ArrayLike<number> } | string
export type NamedArrays = Readonly<Record<string, NamedArray>>

const metaSchema = z.looseObject({
  kind: modelKindSchema.optional(),
  activation: activationSchema.optional(),
  visible: z.string().optional(),
  decoder: decoderSchema.optional(),
  classes: z.union([z.int(), z.array(z.unknown())]).optional(),
  energy: energyKindSchema.optional(),
  /** Written by the workbench: what the images went through, with the arrays centreX, whitenX ... */
  preprocess: preprocessSchema.optional(),
})

export interface WeightFile {
  model: SavedModel
  /** Names of the classes, where the file has them. */
  classNames: string[] | null
  /** What the file did not say and was taken for granted, one sentence each. */
  assumed: string[]
}

const refuse = (code: string, message: string, where: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

/**
 * Reads named arrays as weights: those that the kind has (docs/theory.md), V, VX, VY, VF, VM beside them for a decoder of
 * its own; a classifier: a leading class axis, B, aM, aC, aB.
 * @param kind the caller's word where the file has none
 * @throws WEIGHTS_META, WEIGHTS_KIND, WEIGHTS_MISSING, WEIGHTS_UNKNOWN, WEIGHTS_SHAPE, WEIGHTS_VALUE, VISIBLE_UNKNOWN,
 * VISIBLE_PREPROCESS, NO_ENERGY for a classifier with a decoder of its own
 */
export function readWeightFile(arrays: NamedArrays, where: string, kind: ModelKind | null = null): WeightFile {
  const meta = readMeta(arrays.meta, where)
  const assumed: string[] = []
  const or = <Value>(value: Value | undefined, standard: Value, what: string): Value => {
    if (value === undefined) assumed.push(`${where} names no ${what}: ${String(standard)} is taken.`)
    return value ?? standard
  }
  const activation = or(meta.activation, 'sigmoid', 'activation')
  const named = visibleSchema.safeParse(or(meta.visible, 'gaussian', 'kind of visible units'))
  if (!named.success) {
    throw refuse('VISIBLE_UNKNOWN', `${meta.visible} visible units`, where, 'They are gaussian or bernoulli.')
  }
  const visible = named.data
  const modelKind = meta.kind ?? kind ?? recognised(arrays, where)
  if (kind !== null && modelKind !== kind) {
    throw refuse('WEIGHTS_KIND', `The file says ${modelKind}, not ${kind}`, where, 'Leave the kind out, or correct it.')
  }
  const numbers = numericArrays(arrays, where)
  const tied = 'tied' in kindOf(modelKind).keys && numbers.WF !== undefined
  const classes = numbers.B === undefined ? null : numbers.B.shape[0]
  const decoder = meta.decoder ?? (Object.keys(numbers).some((name) => /^V[XYFM]?$/.test(name)) ? 'own' : 'tied')
  const description = describe(numbers, { kind: modelKind, activation, visible, decoder, tied }, classes, where)
  checkWeightShapes(numbers, description, classes, where)
  if (classes !== null && decoder === 'own') {
    const remedy = 'Give the model of one class, or tied decoders.'
    throw refuse('NO_ENERGY', 'A classifier compares energies, which a decoder of its own lacks', where, remedy)
  }
  const preprocess = meta.preprocess ?? preprocessSchema.parse({})
  if (visible === 'bernoulli' && Object.values(preprocess).includes(true)) {
    const remedy = 'Give the model pixels as they are, or say gaussian.'
    throw refuse('VISIBLE_PREPROCESS', 'Bernoulli visibles need pixels in [0,1], not preprocessed ones', where, remedy)
  }
  checkNames(numbers, description, classes, preprocess, where)
  return {
    model: {
      description,
      classes,
      energy: meta.energy ?? 'conditional',
      preprocess,
      weights: shapedWeights(numbers, description, classes, where),
      coefficients: classes === null ? null : coefficients(numbers, classes, where),
      otherCoefficients: null,
      ...takeLearned(description, preprocess, (name, shape) => shaped(numbers, name, shape, where).data),
    },
    classNames: classNames(meta.classes, classes, where),
    assumed,
  }
}

/** The arrays of a weight file; `meta` says the rest, so that anyone can compute with them. */
export function writeWeightFile(
  { description, classes, energy, preprocess, weights, coefficients: found, centre, whitening }: SavedModel,
  names: readonly string[] | null,
): Record<string, WeightArray | string> {
  const { kind, activation, visible, decoder } = description
  const classifier = classes === null ? {} : { classes: names ?? classes, energy }
  const arrays: Record<string, WeightArray | string> = { ...weights }
  if (found !== null) {
    for (const name of coefficientNames) arrays[name] = { shape: [found[name].length], data: found[name] }
  }
  Object.assign(arrays, learnedArrays({ centre, whitening }))
  const processed = Object.values(preprocess).includes(true) ? { preprocess } : {}
  arrays.meta = JSON.stringify({ kind, activation, visible, decoder, ...classifier, ...processed })
  return arrays
}

function readMeta(meta: NamedArray | undefined, where: string): z.infer<typeof metaSchema> {
  if (meta === undefined) return {}
  const example = JSON.stringify({ kind: kindNames[0], activation: 'sigmoid', visible: 'gaussian' })
  const remedy = `Write meta as a JSON string: ${example}.`
  if (typeof meta !== 'string') throw refuse('WEIGHTS_META', 'meta is no string', where, remedy)
  let value: unknown
  try {
    value = JSON.parse(meta)
  } catch (cause) {
    throw new WorkbenchError('WEIGHTS_META', 'meta is no JSON', { where, remedy, cause })
  }
  const parsed = metaSchema.safeParse(value)
  if (!parsed.success) throw refuse('WEIGHTS_META', `meta: ${z.prettifyError(parsed.error)}`, where, remedy)
  return parsed.data
}

function recognised(arrays: NamedArrays, where: string): ModelKind {
  const found = kindNames.find((name) => modelKinds[name].isOf((array) => arrays[array] !== undefined))
  if (found !== undefined) return found
  const names = Object.keys(arrays).join(', ') || 'none'
  throw refuse(
    'WEIGHTS_KIND',
    `No model has these arrays: ${names}`,
    where,
    'Name the kind, and the arrays W, WF, WX ...',
  )
}

function numericArrays(arrays: NamedArrays, where: string): WeightArrays {
  const numbers: Record<string, WeightArray> = {}
  for (const [name, array] of Object.entries(arrays)) {
    if (name === 'meta') continue
    if (typeof array === 'string') throw refuse('WEIGHTS_VALUE', `${name} is text`, where, 'Store it as float32.')
    const data = Float32Array.from(array.data)
    const bad = data.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0) throw refuse('WEIGHTS_VALUE', `${name} has the value ${data[bad]}`, where, 'Store finite numbers.')
    numbers[name] = { shape: array.shape, data }
  }
  return numbers
}

/** Reads the sizes off the encoder's matrices; whether all arrays agree with them is checked when each is taken. */
function describe(
  numbers: WeightArrays,
  said: Pick<ModelDescription, 'kind' | 'activation' | 'visible' | 'decoder' | 'tied'>,
  classes: number | null,
  where: string,
): ModelDescription {
  const { kind } = said
  const found = new Map<number, number>()
  for (const [name, { shape: named }] of Object.entries(
    modelKinds[kind].parameters(axes, { ...said, decoder: 'tied' }),
  )) {
    if (named.length !== 2) continue
    const array = numbers[name]
    if (array === undefined) throw missing(name, kind, where)
    const shape = classes === null ? array.shape : array.shape.slice(1)
    if (shape.length !== 2 || shape.includes(0)) {
      const message = `${name} is [${array.shape.join(', ')}]; its axes are ${axesInWords(named, classes)}`
      throw refuse('WEIGHTS_SHAPE', message, where, `${name} needs ${classes === null ? 2 : 3} axes.`)
    }
    named.forEach((axis, index) => found.set(axis, found.get(axis) ?? shape[index]))
  }
  const size = (name: keyof typeof axes) => found.get(axes[name]) ?? null
  const inputs = size('inputs') ?? 0
  const targets = takesPairs(kind) ? (size('targets') ?? inputs) : null
  return { ...said, inputs, targets, hidden: size('hidden'), factors: size('factors'), mappings: size('mappings') }
}

const missing = (name: string, kind: ModelKind, where: string): WorkbenchError =>
  refuse('WEIGHTS_MISSING', `${name} is missing`, where, `A weight file of kind ${kind} needs it.`)

function shaped(numbers: WeightArrays, name: string, shape: readonly number[], where: string): WeightArray {
  const array = numbers[name]
  if (array === undefined) throw refuse('WEIGHTS_MISSING', `${name} is missing`, where, 'Add it to the file.')
  if (array.shape.join() !== shape.join()) {
    const [found, wanted] = [array.shape.join(', '), shape.join(', ')]
    throw refuse('WEIGHTS_SHAPE', `${name} is [${found}], [${wanted}] expected`, where, 'Make the sizes agree.')
  }
  return array
}

function shapedWeights(
  numbers: WeightArrays,
  description: ModelDescription,
  classes: number | null,
  where: string,
): WeightArrays {
  const leading = classes === null ? [] : [classes]
  const entries = Object.entries(parameterShapes(description)).map(([name, shape]) => {
    if (numbers[name] === undefined) throw missing(name, description.kind, where)
    return [name, shaped(numbers, name, [...leading, ...shape], where)]
  })
  return Object.fromEntries(entries) as WeightArrays
}

function coefficients(numbers: WeightArrays, classes: number, where: string): Coefficients {
  const entries = coefficientNames.map((name) => [name, shaped(numbers, name, [classes], where).data])
  return Object.fromEntries(entries)
}

function checkNames(
  numbers: WeightArrays,
  description: ModelDescription,
  classes: number | null,
  preprocess: PreprocessSpec,
  where: string,
): void {
  const known = new Set([
    ...Object.keys(parameterShapes(description)),
    ...(classes === null ? [] : coefficientNames),
    ...learnedNames(preprocess),
  ])
  const extra = Object.keys(numbers).filter((name) => !known.has(name))
  if (extra.length > 0) {
    const known = Object.keys(parameterShapes(description)).join(', ')
    throw refuse(
      'WEIGHTS_UNKNOWN',
      `${extra.join(', ')}: no part of the model`,
      where,
      `${description.kind} has ${known}.`,
    )
  }
}

function classNames(found: number | unknown[] | undefined, classes: number | null, where: string): string[] | null {
  if (classes === null || found === undefined) return null
  const count = Array.isArray(found) ? found.length : found
  if (count !== classes) {
    throw refuse('WEIGHTS_META', `meta names ${count} classes, B has ${classes}`, where, 'Make the two agree.')
  }
  return Array.isArray(found) ? found.map(String) : null
}
