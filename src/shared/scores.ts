import { z } from 'zod'

/**
 * Energies and reconstruction errors of one pair under one model. GAEs fill yGivenX and xGivenY; models of one image
 * fill conditional and diagonal (equal for an AE) and the `x` slots. Energies are known up to a constant: compare only
 * within one model and at one x.
 */
export interface PairScore {
  energy: { yGivenX: number | null; xGivenY: number | null; conditional: number | null; diagonal: number | null }
  /** Mean squared error per pixel of each reconstruction. */
  reconstructionError: { y: number | null; x: number | null }
  /** Mapping units [K]; null for an AE. */
  mapping: Float32Array | null
  /** Mean hidden units [H]; null without a mean part. */
  hidden: Float32Array | null
  reconstruction: { y: Float32Array | null; x: Float32Array | null }
  /** The pair in the model's own scale (after the run's preprocess), so that r - input is the field; y null where y = x. */
  input: { x: Float32Array; y: Float32Array | null }
  /** E(y|x) minus its mean over other y of the set, x held; null where undefined. */
  gain?: number | null
}

/** Per-class scores of eq. 7/8 of one image: s_i, softmax(s), argmax. */
export interface ClassScore {
  scores: number[]
  posterior: number[]
  predicted: number
}

/** How a dropped image became a model input, step by step, in words: "RGB 640x480 > luma > crop > 28x28 area > [0,1]". */
export interface ModelView {
  recipe: string[]
  /** [height, width] of the model's input. */
  shape: [number, number]
  pixels: Float32Array
}

export const pairScoreRequestSchema = z.strictObject({
  run: z.string(),
  /** SHA-256 of uploaded images. */
  x: z.string(),
  y: z.string().nullable(),
  /** Class model of a classifier; null: class 0's model is shown, the class scores always. */
  class: z.int().nonnegative().nullable(),
})
export type PairScoreRequest = z.infer<typeof pairScoreRequestSchema>

export interface PairScoreResponse {
  run: string
  kind: string
  class: number | null
  classes: string[] | null
  pair: PairScore
  classScore: ClassScore | null
  view: { x: ModelView; y: ModelView | null }
}

/** An uploaded image, by content. */
export const storedImageSchema = z.object({
  sha256: z.string(),
  name: z.string(),
  width: z.int(),
  height: z.int(),
  format: z.string(),
})
export type StoredImage = z.infer<typeof storedImageSchema>
