import { z } from 'zod'
import type { ModelKind } from './kinds'
import { splitNameSchema, type SplitName } from './datasets'
import { runReferenceSchema } from './runs'
import type { ErrorData } from './errors'
import type { PreprocessSpec } from './spec/schema'
import { viewOptionsSchema, type ModelView, type Thumbnail, type ViewOptions } from './views'

/**
 * Energies and reconstruction errors of one pair under one model. GAEs fill yGivenX and xGivenY; models of one image
 * fill conditional and diagonal (equal for an AE) and the `x` slots; a decoder of its own has no energy. Energies are known up to a constant: compare only
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

/** One term of a class's score: its value, and the coefficient that weighs it. */
export interface ScoreTerm {
  value: number
  coefficient: number
}

/**
 * How one class's score of eq. 7/8 comes about: s = aM Σ S_M + aC Σ S_C + aB (b·x - ½‖b‖²) + B (Bernoulli visibles:
 * b·x). The covariance term of the diagonal energy is half of the sum. A part that the models lack is null.
 */
export interface ScoreParts {
  mean: ScoreTerm | null
  covariance: ScoreTerm | null
  visible: ScoreTerm
  B: number
}

/** Per-class scores of eq. 7/8 of one image: s_i, softmax(s), argmax. */
export interface ClassScore {
  scores: number[]
  posterior: number[]
  predicted: number
  /** Of each class; absent where scores are kept, and for scores that are made of no energies. */
  parts?: ScoreParts[]
}

/** Of an uploaded image, in hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 is needed')

export const pairScoreRequestSchema = z.strictObject({
  run: runReferenceSchema,
  x: sha256Schema,
  y: sha256Schema.nullable(),
  /** Class model of a classifier; null: the predicted class's. The class scores are given in either case. */
  class: z.int().nonnegative().nullable(),
  /** How the files become the model's inputs. */
  view: z.strictObject({ x: viewOptionsSchema, y: viewOptionsSchema }).prefault({ x: {}, y: {} }),
})
export type PairScoreRequest = z.infer<typeof pairScoreRequestSchema>

/** What a gain compares with: other images of the run's dataset, x held (a model of one image: other x). */
export interface GainSet {
  dataset: string
  split: SplitName
  /** Images compared with. */
  n: number
  /** How many of them have a lower energy. */
  below: number
}

/** Mean and standard deviation, over training images, of the mean pixel of an image. */
export interface Brightness {
  mean: number
  std: number
  /** Images looked at. */
  n: number
}

export interface PairScoreResponse {
  run: string
  kind: ModelKind
  /** SHA-256 of the dataset that the run was trained on; '' of imported weights. */
  datasetHash: string
  /** Class whose model gives energies and reconstructions; null for a model that is no classifier. */
  class: number | null
  classes: string[] | null
  /** Steps that the pair went through before the model, from the run's spec. */
  preprocess: PreprocessSpec
  pair: PairScore
  /** What `pair.gain` compares with; null without the run's dataset. */
  gainSet: GainSet | null
  classScore: ClassScore | null
  /** What of the pair lies far from the training images. */
  notices: string[]
  /** Why the model has no energy: its decoder is its own; null where it has one. */
  noEnergy: ErrorData | null
  view: { x: ModelView; y: ModelView | null }
  /** Of the training images, to tell an inverted image from theirs; null without the run's dataset. */
  training: { x: Brightness | null; y: Brightness | null }
}

/** An image of a dataset: `of` says which of a pair. */
export const imageOriginSchema = z.strictObject({
  /** Id; the name is for reading. */
  dataset: z.string().min(1).max(200),
  name: z.string().max(200),
  split: splitNameSchema,
  index: z.int().nonnegative(),
  of: z.enum(['x', 'y']),
})

/** An image that was given, by content. */
export const storedImageSchema = z.object({
  sha256: z.string(),
  name: z.string(),
  width: z.int(),
  height: z.int(),
  format: z.string(),
  /** Where in a dataset it came from; null for a file. */
  origin: imageOriginSchema.nullable(),
})
export type StoredImage = z.infer<typeof storedImageSchema>

/** A pair that was looked at before, newest first, with what each run said of it. */
export interface RecentPair {
  x: { sha256: string; name: string }
  y: { sha256: string; name: string } | null
  view: { x: ViewOptions; y: ViewOptions }
  /** As the model of the first score saw them. */
  thumbnails: { x: Thumbnail; y: Thumbnail | null }
  /** Runs that are not in the bin, newest score first. */
  scores: RecentScore[]
  at: string
}

export interface RecentScore {
  run: string
  runName: string
  kind: ModelKind
  class: number | null
  energy: PairScore['energy']
  gain: number | null
  predicted: number | null
}
