import { z } from 'zod'
import { datasetSchema, splitNameSchema } from './datasets'
import { deviceChoiceSchema } from './devices'
import { errorDataSchema } from './errors'
import { modelKindSchema } from './kinds'
import { nameSchema, runSpecSchema } from './spec/schema'
import { pairPixelStatisticsSchema, trainingStatisticsSchema } from './trainingStatistics'

export const runStatusSchema = z.enum(['queued', 'running', 'done', 'cancelled', 'failed', 'interrupted'])
export type RunStatus = z.infer<typeof runStatusSchema>

/** An id, a unique prefix of one, or a unique name. */
export const runReferenceSchema = z.string().min(1).max(200)

/** whiten: what preprocessing learns; pretrain: one model (per class); fit: biases, scales or all weights through the energies; evaluate: the splits. */
export const phaseSchema = z.enum(['whiten', 'pretrain', 'fit', 'evaluate'])
export type Phase = z.infer<typeof phaseSchema>

/** [low, high] of a 95 % Wilson interval, as fractions. */
export const intervalSchema = z.tuple([z.number(), z.number()])

/** What a classifier does when it compares one of its energies. */
const energyErrorSchema = z.object({ error: z.number(), errorInterval: intervalSchema, nll: z.number() })
export type EnergyError = z.infer<typeof energyErrorSchema>

/** The two sides of denoising score matching, which are equal for the gradient of an energy (Vincent 2011). */
const scoreMatchingSchema = z.object({
  /** Standard deviation s of the Gaussian noise of ỹ. */
  std: z.number(),
  n: z.int(),
  /** Mean of ‖r(ỹ) - y‖². */
  denoising: z.number(),
  /** Mean of ‖∇E_d(ỹ)/s² - (y - ỹ)/s²‖², the gradient taken of the energy. */
  matching: z.number(),
  /** |denoising - s⁴ matching| / denoising. */
  relativeDifference: z.number(),
  /** What rounding may make of it. */
  tolerance: z.number(),
})
export type ScoreMatching = z.infer<typeof scoreMatchingSchema>

/** Errors are fractions. `error`, `nll`, `confusion` only with a classifier. */
export const evaluationSchema = z.object({
  split: z.string(),
  n: z.int(),
  /** Mean over the split of the reconstruction loss (a classifier: mean over classes of each class's own images). */
  loss: z.number().nullable(),
  error: z.number().nullable(),
  errorInterval: intervalSchema.nullable(),
  nll: z.number().nullable(),
  /** [true class][predicted class] */
  confusion: z.array(z.array(z.int())).nullable(),
  /** Under both energies, each with its own fit; absent without a classifier, or where only one was fitted. */
  energies: z.object({ conditional: energyErrorSchema, diagonal: energyErrorSchema }).optional(),
  /** On validation data; absent where the field is no gradient of the diagonal energy. */
  scoreMatching: scoreMatchingSchema.optional(),
  /** Source images that made images were varied from: the intervals are by them; absent: images are taken as independent. */
  sources: z.int().optional(),
  /** Of the terms of eq. 7/8, a value a class, with one of a run's own results. */
  coefficients: z.object({ aM: z.array(z.number()), aC: z.array(z.number()), aB: z.array(z.number()) }).optional(),
  /** Of the split's images before preprocessing; absent in results of older versions. */
  pixels: pairPixelStatisticsSchema.optional(),
  /** Of the training images, with one of a run's own results; absent in results of older versions. */
  training: trainingStatisticsSchema.optional(),
})
export type Evaluation = z.infer<typeof evaluationSchema>

export const progressSchema = z.object({
  /** Seconds since this process began to work on the run. */
  t: z.number(),
  phase: phaseSchema,
  class: z.int().nullable(),
  epoch: z.int(),
  epochs: z.int(),
  step: z.int(),
  loss: z.number().nullable(),
  /** Share of the whole run that is done, 0..1. */
  fraction: z.number(),
  /** Seconds left over all phases; null while measuring. */
  eta: z.number().nullable(),
  /** What is to be said beside the place: what is made ready before the first step, or that the trainer does not answer. */
  remark: z.string().optional(),
})
export type Progress = z.infer<typeof progressSchema>

export const metricSchema = z.object({
  phase: phaseSchema,
  class: z.int().nullable(),
  epoch: z.int(),
  trainLoss: z.number(),
  validLoss: z.number().nullable(),
  validError: z.number().nullable(),
  /** Seconds of work in this phase and class up to the end of this epoch. */
  seconds: z.number(),
})
export type Metric = z.infer<typeof metricSchema>

export const runSummarySchema = z.object({
  id: z.string(),
  name: nameSchema,
  status: runStatusSchema,
  dataset: z.string(),
  kind: modelKindSchema,
  classifier: z.boolean(),
  /** Of start, order and corruption. */
  seed: z.int(),
  /** That its dataset was made or split by; null where nothing was drawn, or the dataset is gone. */
  dataSeed: z.int().nullable(),
  /** Colour slot, kept for life. */
  slot: z.int(),
  created: z.iso.datetime(),
  started: z.iso.datetime().nullable(),
  finished: z.iso.datetime().nullable(),
  deleted: z.iso.datetime().nullable(),
  engine: z.string().nullable(),
  device: z.string().nullable(),
  dtype: z.string().nullable(),
  epochs: z.int(),
  /** Seconds of work, over all processes that worked on it. */
  seconds: z.number(),
  datasetHash: z.string(),
  progress: progressSchema.nullable(),
  valid: evaluationSchema.nullable(),
  test: evaluationSchema.nullable(),
  error: errorDataSchema.nullable(),
  /** In the order of their letters; `tagSchema`. */
  tags: z.array(z.string()),
  /** The user's own words. */
  note: z.string().nullable(),
  /** The sweep that made it; null: a run by itself. */
  sweep: z.string().nullable(),
  /** Threads that every phase works with; null: as many as the phase wants. */
  threads: z.int().nullable(),
  /** Its place in the queue while it waits or runs out of it: the lower, the sooner. */
  position: z.number().nullable(),
  /** Warnings about it, where there are any: it goes on. */
  warnings: z.array(errorDataSchema).optional(),
})
export type RunSummary = z.infer<typeof runSummarySchema>

export const runDetailSchema = runSummarySchema.extend({
  spec: runSpecSchema,
  requestedDevice: deviceChoiceSchema,
  versions: z.record(z.string(), z.string()),
  datasetInfo: datasetSchema.nullable(),
  /** How often it was taken up again after the first start, by which engine, and why it had stopped before. */
  resumed: z.array(
    z.object({ at: z.iso.datetime(), engine: z.string(), device: z.string(), after: z.string().nullable().optional() }),
  ),
  exitReason: z.string().nullable(),
  /** True where a checkpoint exists to go on from or to score with. */
  hasCheckpoint: z.boolean(),
})
export type RunDetail = z.infer<typeof runDetailSchema>

/** Either a spec as written, or a preset that makes its own data. */
export const createRunRequestSchema = z.strictObject({
  spec: z.unknown(),
  name: nameSchema.optional(),
  device: deviceChoiceSchema.default('auto'),
  /** Generates the preset's dataset first, where the spec's dataset is missing. */
  preset: z.string().max(120).optional(),
  /** Of the data that the preset makes; absent: the spec's own seed. */
  dataSeed: z.int().min(0).max(4_294_967_295).optional(),
})
export type CreateRunRequest = z.input<typeof createRunRequestSchema>

/** Misclassified images of one split: index in the split, label, predicted class, scores. */
export const predictionSchema = z.object({
  index: z.int(),
  label: z.int(),
  predicted: z.int(),
  scores: z.array(z.number()),
})
export type Prediction = z.infer<typeof predictionSchema>

export const predictionQuerySchema = z.strictObject({
  run: runReferenceSchema,
  split: splitNameSchema.default('test'),
  /** One cell of the confusion matrix; absent: every error. */
  label: z.int().nonnegative().optional(),
  predicted: z.int().nonnegative().optional(),
  /** margin: how far the true class's score lies below the predicted one's, the largest first. */
  order: z.enum(['index', 'margin']).default('index'),
  at: z.int().nonnegative().default(0),
  count: z.int().min(1).max(500).default(100),
})
export type PredictionQuery = z.output<typeof predictionQuerySchema>

/** What of a run that is being written decides its memory: its spec, or that of a preset that makes its own data. */
export const memoryRequestSchema = z.strictObject({
  spec: z.record(z.string(), z.unknown()),
  preset: z.string().max(120).optional(),
})
export type MemoryRequest = z.input<typeof memoryRequestSchema>

/** The memory that a run would need, against what is free. */
export interface MemoryAnswer {
  /** Bytes, of the phase that needs most. */
  need: number
  there: number
  /** close: over 70 % of what is there; tooMuch: refused. */
  level: 'fits' | 'close' | 'tooMuch'
  /** "about 310 MB of memory while training; 22.4 GB are free" */
  text: string
  /** Settings with which it would fit: "model.factors 512, model.mappings 256" */
  fitting: string[]
}
