import { FieldGraphs } from '../../src/main/dynamics/fieldGraphs'
import { FieldModel, type FieldSource } from '../../src/main/dynamics/fieldModel'
import type { GraphCompiler } from '../../src/main/compute/engine'
import { referenceBackend } from '../../src/main/compute/reference/backend'
import type { Slots } from '../../src/shared/dynamics'
import type { ModelDescription } from '../../src/shared/model'
import { randomImages, randomWeights } from './randomModel'
import type { WeightArrays } from '../../src/main/models/weightArray'

export const movingWidth = ({ targets, inputs }: ModelDescription): number => targets ?? inputs

/** A field with graphs of its own. */
export const fieldModel = (source: FieldSource, compiler: GraphCompiler = referenceBackend): FieldModel =>
  new FieldModel(new FieldGraphs(compiler, source.description, source.slots), source)

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
  fieldModel({
    description,
    weights: randomArrays(description, seed),
    slots,
    x: randomPoint(description.inputs, seed + 1000),
  })

export const randomPoint = (pixels: number, seed: number): Float64Array =>
  Float64Array.from(randomImages(1, pixels, seed).data)
