import { batchScoreRequestSchema, newBatchSchema, type BatchEvent } from '../../shared/batches'
import { mutation, stream, type ApiOf } from './acts'

/** Lists of pairs. */
export const batches = {
  /** Keeps a list, whose images are uploaded. */
  create: mutation(newBatchSchema).gives<{ batch: string }>(),
  /** Rows, scores as they come, then gains; goes on where an earlier reader left. */
  score: stream(batchScoreRequestSchema).gives<BatchEvent>(),
}

export type BatchesApi = ApiOf<typeof batches>
