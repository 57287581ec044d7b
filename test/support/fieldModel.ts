import { FieldModel } from '../../src/main/dynamics/fieldModel'
import { referenceBackend } from '../../src/main/compute/reference/backend'
import type { WeightArrays } from '../../src/main/models/savedModel'
import type { Slots } from '../../src/shared/dynamics'
import type { ModelDescription } from '../../src/shared/model'
import { randomImages, randomWeights } from './randomModel'

export const movingWidth = ({ targets, inputs }: ModelDescription): number => targets ?? inputs

/** Random parameters as they are saved, in float32. */
export const randomArrays = (description: ModelDescription, seed: number): WeightArrays =>
  Object.fromEntries(
    Object.entries(randomWeights(description, seed)).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float32Array.from(data) },
    ]),
  )

/** The field of a random model with a random held image. */
export const randomField = (description: ModelDescription, slots: Slots, seed: number): FieldModel =>
  new FieldModel(referenceBackend, {
    description,
    weights: randomArrays(description, seed),
    slots,
    x: randomPoint(description.inputs, seed + 1000),
  })

export const randomPoint = (pixels: number, seed: number): Float64Array =>
  Float64Array.from(randomImages(1, pixels, seed).data)
