import { z } from 'zod'
import {
  createRunRequestSchema,
  memoryRequestSchema,
  predictionQuerySchema,
  runReferenceSchema,
  type Evaluation,
  type MemoryAnswer,
  type Metric,
  type Prediction,
  type RunDetail,
  type RunSummary,
} from '../../shared/runs'
import { noteSchema, tagRequestSchema } from '../../shared/remarks'
import { nameSchema } from '../../shared/spec/schema'
import { mutation, query, type ApiOf } from './acts'

const reference = z.strictObject({ run: runReferenceSchema })
export type RunReference = z.output<typeof reference>

/** Rows of one split's errors, and how many there are in all. */
export interface PredictionPage {
  total: number
  classes: string[]
  rows: Prediction[]
  shape: [number, number]
  /** Images of the rows, [rows, height*width]. */
  images: Float32Array
}

export const runs = {
  /** Newest first. */
  list: query(z.strictObject({ inBin: z.boolean().default(false) }).prefault({})).gives<RunSummary[]>(),
  get: query(reference).gives<RunDetail>(),
  metrics: query(reference).gives<Metric[]>(),
  results: query(reference).gives<Evaluation[]>(),
  predictions: query(predictionQuerySchema).gives<PredictionPage>(),
  /** What a run would need; null while its spec or its dataset is not known. */
  memory: query(memoryRequestSchema).gives<MemoryAnswer | null>(),
  /** Makes a run and queues it; the queue takes runs in its order, as many at once as it has slots. */
  create: mutation(createRunRequestSchema).gives<RunSummary>(),
  cancel: mutation(reference).gives<RunSummary>(),
  /** Queues an unfinished run again, to go on from its last checkpoint. */
  resume: mutation(reference).gives<RunSummary>(),
  rename: mutation(reference.extend({ name: nameSchema })).gives<RunSummary>(),
  /** Gives tags to every one of the runs and takes some from them, or changes nothing. */
  tag: mutation(tagRequestSchema).gives<RunSummary[]>(),
  /** Writes the note in the place of the one before; a blank one removes it. */
  note: mutation(reference.extend({ note: noteSchema })).gives<RunSummary>(),
  moveToBin: mutation(reference).gives<RunSummary>(),
  restore: mutation(reference).gives<RunSummary>(),
}

export type RunsApi = ApiOf<typeof runs>
