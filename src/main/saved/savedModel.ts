import { savedModelMetadataSchema, type SavedModelMetadata } from '../../shared/model'
import { WorkbenchError } from '../../shared/errors'
import { parameterShapes } from '../models/parameters'
import { coefficientNames, type Coefficients } from '../models/coefficients'
import type { WeightArray, WeightArrays } from '../models/weightArray'
import { learnedArrays, takeLearned, type Learned } from './learnedArrays'

/** Names, in a checkpoint, the coefficients of the energy that does not classify. */
const otherPrefix = 'other/'

/** Everything that scoring needs: weights, and for a classifier (leading class axis) its coefficients. */
export interface SavedModel extends SavedModelMetadata, Learned {
  /** Parameters by the names of the weight file; [C, ...] for a classifier. */
  weights: WeightArrays
  coefficients: Coefficients | null
  /** For the energy that does not classify, to know the error under both; null where none were fitted. */
  otherCoefficients: Coefficients | null
}

/** How a saved model lies in a file: named arrays, and the rest as JSON. */
export interface StoredModel {
  arrays: Record<string, WeightArray>
  metadata: SavedModelMetadata
}

export function storeModel(model: SavedModel): StoredModel {
  const { weights, coefficients, otherCoefficients, centre, whitening, ...metadata } = model
  const arrays: StoredModel['arrays'] = { ...weights }
  for (const [prefix, values] of [['', coefficients] as const, [otherPrefix, otherCoefficients] as const]) {
    if (values === null) continue
    for (const name of coefficientNames)
      arrays[`${prefix}${name}`] = { shape: [values[name].length], data: values[name] }
  }
  Object.assign(arrays, learnedArrays({ centre, whitening }))
  return { arrays, metadata: savedModelMetadataSchema.parse(metadata) }
}

/**
 * The inverse of `storeModel`.
 * @throws CHECKPOINT_DAMAGED where an array is missing or has another size
 */
export function loadModel(arrays: StoredModel['arrays'], metadata: unknown, where: string): SavedModel {
  const damaged = (what: string) =>
    new WorkbenchError('CHECKPOINT_DAMAGED', what, { where, remedy: 'Restore the file from a copy, or train again.' })
  const parsed = savedModelMetadataSchema.safeParse(metadata)
  if (!parsed.success) throw damaged('the description of the model is missing or wrong')
  const { description, classes, preprocess } = parsed.data
  const take = (name: string, shape: readonly number[]) => {
    const found = arrays[name]
    if (found === undefined) throw damaged(`the array ${name} is missing`)
    if (found.shape.join() !== shape.join()) {
      throw damaged(`${name} is [${found.shape.join(', ')}], [${shape.join(', ')}] expected`)
    }
    return found.data
  }
  const leading = classes === null ? [] : [classes]
  const weights = Object.entries(parameterShapes(description)).map(([name, size]) => {
    const shape = [...leading, ...size]
    return [name, { shape, data: Float32Array.from(take(name, shape)) }]
  })
  const coefficients = (prefix: string): Coefficients | null => {
    if (classes === null) return null
    const entries = coefficientNames.map((name) => [name, Float32Array.from(take(`${prefix}${name}`, [classes]))])
    return Object.fromEntries(entries)
  }
  return {
    ...parsed.data,
    weights: Object.fromEntries(weights) as WeightArrays,
    coefficients: coefficients(''),
    otherCoefficients: arrays[`${otherPrefix}${coefficientNames[0]}`] === undefined ? null : coefficients(otherPrefix),
    ...takeLearned(description, preprocess, (name, shape) => Float32Array.from(take(name, shape))),
  }
}
