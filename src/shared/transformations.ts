import { z } from 'zod'
import type { ImageShape } from './datasets'
import { imageReferenceSchema, modelRequestSchema } from './dynamics'
import type { ModelKind } from './kinds'

export const filtersRequestSchema = modelRequestSchema
export type FiltersRequest = z.input<typeof filtersRequestSchema>

/** Filters of one image slot: rows of W_X, W_Y, W_F or W. */
export interface FilterGallery {
  /** Name in the weight file: WX, WY, WF, W. */
  name: string
  /** [height, width]; null where an imported model's pixels are no square: then there is no spectrum. */
  shape: ImageShape | null
  /** [F, D] */
  filters: Float32Array
  /** ‖row‖ [F] */
  norms: Float32Array
  /** Strongest frequency of each filter in cycles per image (down, right), [F, 2]; the half plane right ≥ 0. */
  frequency: Float32Array | null
  /** Its share of the filter's power without the mean, 0..1 [F]. */
  powerShare: Float32Array | null
  /** Its phase in radians [F]. */
  phase: Float32Array | null
}

export interface FiltersAnswer {
  kind: ModelKind
  class: number | null
  /** One gallery serves both slots: W_F (tied gae, cae, mcae) or W (ae). */
  tied: boolean
  x: FilterGallery
  /** Beside x, row by row; null where tied. */
  y: FilterGallery | null
  /** Mean filters W of an mcae. */
  mean: FilterGallery | null
  pairs: {
    /** Phase of y minus phase of x at x's strongest frequency, -π..π [F]. */
    phaseShift: Float32Array
    /** 1 where x and y have the same strongest frequency [F]. */
    sameFrequency: Uint8Array
  } | null
  /** K; 0 for an ae. */
  mappings: number
}

export const mappingUnitRequestSchema = modelRequestSchema.extend({
  unit: z.int().nonnegative(),
  /** How many of its strongest factors are named. */
  count: z.int().min(1).max(200).default(12),
})
export type MappingUnitRequest = z.input<typeof mappingUnitRequestSchema>

export interface MappingUnitAnswer {
  unit: number
  bias: number
  /** Factors by falling |W_M| and their weights, [count] each. */
  factors: Int32Array
  weights: Float32Array
  shape: { x: ImageShape | null; y: ImageShape | null }
  /** Where it looks: sqrt Σ_f (W_M[k,f] W[f,·])², [Dx] and [Dy]. */
  pooledX: Float32Array
  pooledY: Float32Array
  /**
   * Which displacement it votes for, Σ_f W_M[k,f] (W_Y[f] ⋆ W_X[f])(d), a circular correlation [h, w] with displacement 0
   * at [⌊h/2⌋, ⌊w/2⌋]; null where x and y differ in shape.
   */
  displacement: Float32Array | null
}

export const applyRequestSchema = modelRequestSchema.extend({
  /** The pair that shows the transformation. */
  x: imageReferenceSchema,
  y: imageReferenceSchema,
  /** Images to transform. */
  to: z.array(imageReferenceSchema).min(1).max(100),
  /** What the transformation of each `to` should give, for the correlation; null: not known. */
  truth: z.array(imageReferenceSchema).min(1).max(100).nullable().default(null),
  /** How often the mapping is applied: x, Tx, TTx, ... */
  steps: z.int().min(1).max(100).default(1),
  /**
   * Before the next step a frame gets back the mean and contrast of the first image, where the run normalises contrast
   * (and does not whiten: then contrast is no matter of one image's pixels).
   */
  restoreContrast: z.boolean().default(false),
})
export type ApplyRequest = z.input<typeof applyRequestSchema>

export interface ApplyAnswer {
  class: number | null
  shape: ImageShape | null
  /** h inferred from (x, y), [K]. */
  mapping: Float32Array
  /** Whether frames got back the first image's mean and contrast before the next step. */
  contrastRestored: boolean
  strips: {
    /** The image in the model's own scale [Dx]. */
    to: Float32Array
    /** Tx, TTx, ... [steps, Dy] */
    frames: Float32Array
    /** Pearson correlation of Tx with the truth. */
    correlation: number | null
  }[]
}

const pair = z.strictObject({ x: imageReferenceSchema, y: imageReferenceSchema })

export const interpolateRequestSchema = modelRequestSchema.extend({
  a: pair,
  b: pair,
  to: imageReferenceSchema,
  /** Shares of pair b's mapping, 0..1. */
  t: z.array(z.number().min(0).max(1)).min(1).max(101),
})
export type InterpolateRequest = z.input<typeof interpolateRequestSchema>

export interface InterpolateAnswer {
  class: number | null
  shape: ImageShape | null
  /** h of pair a and of pair b, [K] each. */
  mappingA: Float32Array
  mappingB: Float32Array
  /** `to` in the model's own scale [Dx], and for each t the image under (1-t) h_a + t h_b, [T, Dy]. */
  to: Float32Array
  frames: Float32Array
}
