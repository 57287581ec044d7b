import { WorkbenchError } from '../../shared/errors'
import type { WeightArrays } from './weightArray'

/** Weights of one model, or of one model a class. */
export interface ClassWeights {
  /** C, the leading axis of every array then; null for one model. */
  classes: number | null
  /** Parameters by the names of the weight file. */
  weights: WeightArrays
}

/** The weights of class `index`, or the one model's. */
export function weightsOfClass(model: ClassWeights, index: number | null): WeightArrays {
  if (model.classes === null) return model.weights
  if (index === null || index >= model.classes) {
    throw new WorkbenchError('CLASS_UNKNOWN', `There is no class ${index ?? '(none said)'}`, {
      remedy: `Choose a class from 0 to ${model.classes - 1}.`,
    })
  }
  const entries = Object.entries(model.weights).map(([name, { shape, data }]) => {
    const size = data.length / shape[0]
    return [name, { shape: shape.slice(1), data: data.subarray(index * size, (index + 1) * size) }]
  })
  return Object.fromEntries(entries) as WeightArrays
}

/** One array with a leading class axis out of one array a class. */
export function stackClasses(models: readonly WeightArrays[]): WeightArrays {
  const names = Object.keys(models[0])
  return Object.fromEntries(
    names.map((name) => {
      const { shape, data } = models[0][name]
      const stacked = new Float32Array(models.length * data.length)
      models.forEach((weights, index) => stacked.set(weights[name].data, index * data.length))
      return [name, { shape: [models.length, ...shape], data: stacked }]
    }),
  )
}
