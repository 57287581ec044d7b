import { z } from 'zod'
import type { ModelKind } from './kinds'
import { errorDataSchema, type ErrorData } from './errors'
import { sha256Schema, type PairScore } from './scores'
import { viewOptionsSchema, type Thumbnail } from './views'

/** Pairs of one list, at most. */
export const mostPairs = 10_000

const imageName = z.string().max(1024)

/** An image of a list: an uploaded one, or why its file was refused. */
export const batchImageSchema = z.union([
  z.strictObject({ name: imageName, sha256: sha256Schema }),
  z.strictObject({ name: imageName, error: errorDataSchema }),
])
export type BatchImage = z.infer<typeof batchImageSchema>

/** y is null where models take one image. */
export const batchPairSchema = z.strictObject({ x: batchImageSchema, y: batchImageSchema.nullable() })
export type BatchPair = z.infer<typeof batchPairSchema>

/** A list of pairs that are scored together: their gains compare within it. */
export const newBatchSchema = z.strictObject({
  name: z.string().min(1).max(200),
  pairs: z.array(batchPairSchema).min(1).max(mostPairs),
})
export type NewBatch = z.infer<typeof newBatchSchema>

export const batchScoreRequestSchema = z.strictObject({
  batch: z.string().regex(/^[0-9a-f]{12}$/),
  run: z.string().min(1).max(200),
  /** Class model of a classifier; null: only what it predicts, for energies of different models do not compare. */
  class: z.int().nonnegative().nullable(),
  view: z.strictObject({ x: viewOptionsSchema, y: viewOptionsSchema }).prefault({ x: {}, y: {} }),
})
export type BatchScoreRequest = z.infer<typeof batchScoreRequestSchema>

/** What came of one row of a list. */
export interface BatchScore {
  /** Place in the list, from 0. */
  row: number
  energy: PairScore['energy']
  reconstructionError: PairScore['reconstructionError']
  /** Energy minus its mean over up to 100 others of the list, x held; null until all rows are scored. */
  gain: number | null
  predicted: number | null
  /** Posterior of the predicted class. */
  posterior: number | null
  /** The steps from file to input, in words. */
  recipe: { x: string[]; y: string[] | null }
  thumbnails: { x: Thumbnail; y: Thumbnail | null }
}

/** A list being scored: its rows, then scores as they come, then gains. */
export type BatchEvent =
  | {
      type: 'batch'
      name: string
      pairs: BatchPair[]
      kind: ModelKind
      classes: string[] | null
      /** SHA-256 of the run's dataset. */
      datasetHash: string
    }
  | { type: 'scores'; scores: BatchScore[]; errors: { row: number; error: ErrorData }[] }
  | { type: 'gains'; rows: Int32Array; gains: Float64Array }
