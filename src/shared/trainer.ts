import { z } from 'zod'
import { float32Schema, int32Schema } from './arrays'
import { errorDataSchema } from './errors'
import { evaluationSchema, phaseSchema } from './runs'
import { runSpecSchema } from './spec/schema'
import { generatedRecipeSchema, splitNameSchema } from './datasets'

/**
 * Messages between main and a trainer child. One job at a time: `start` answers with progress, warnings, epochs and checkpoints,
 * then exactly one of done, cancelled, failed.
 */
const jobBase = {
  /** Names the run in messages of errors only. */
  runName: z.string(),
  spec: runSpecSchema,
  /** Dataset file (safetensors) on this machine. */
  datasetPath: z.string(),
  /** Where finished checkpoint files go; the trainer writes `<sha256>.safetensors` there. */
  checkpointFolder: z.string(),
  engine: z.string(),
  device: z.string(),
  threads: z.int().positive(),
}

/** How the training examples of each epoch are drawn anew, by the dataset's own generator. */
export const freshDataSchema = z.object({
  recipe: generatedRecipeSchema,
  /** Dataset file of the images that the recipe varies. */
  sourcePath: z.string().nullable(),
})
export type FreshData = z.infer<typeof freshDataSchema>

/** File of a finished `whiten` task; null where the spec does not whiten. */
const whitening = z.string().nullable()

export const trainerJobSchema = z.discriminatedUnion('task', [
  /** Learns the whitening of the training images, once for all models of a run. */
  z.object({ ...jobBase, task: z.literal('whiten') }),
  /** Trains one model: of class `class`, or on all data where null. */
  z.object({
    ...jobBase,
    task: z.literal('pretrain'),
    class: z.int().nullable(),
    whitening,
    /** Null: all epochs have the dataset's own training examples. */
    fresh: freshDataSchema.nullable(),
    /** Checkpoint to go on from. */
    resumeFrom: z.string().nullable(),
    /** Whether a longer training may go on from its end: the last checkpoint keeps all that it needs then. */
    mayGoOn: z.boolean().optional(),
  }),
  /** Fits biases, scales or all weights of a classifier from its models. */
  z.object({
    ...jobBase,
    task: z.literal('fit'),
    /** Finished pre-training checkpoints, in class order. */
    models: z.array(z.string()),
    whitening,
    resumeFrom: z.string().nullable(),
  }),
  /** Evaluates a finished model or classifier on splits. */
  z.object({
    ...jobBase,
    task: z.literal('evaluate'),
    checkpoint: z.string(),
    splits: z.array(splitNameSchema),
    /** For each class of the dataset, the class of the model; absent: they are the same. */
    classMap: z.array(z.int().nonnegative()).optional(),
    /** Whether the statistics of the training images are told too: the dataset is the run's own. */
    statistics: z.boolean().optional(),
  }),
])
export type TrainerJob = z.infer<typeof trainerJobSchema>

export const trainerRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), job: trainerJobSchema }),
  /** Stop within two seconds: write a checkpoint of the last finished epoch, answer `cancelled`. */
  z.object({ type: z.literal('cancel') }),
])
export type TrainerRequest = z.infer<typeof trainerRequestSchema>

export const checkpointInfoSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  path: z.string(),
  bytes: z.int(),
  phase: phaseSchema,
  class: z.int().nullable(),
  epoch: z.int(),
  /** Finished: no more training in this phase and class. */
  final: z.boolean(),
})
export type CheckpointInfo = z.infer<typeof checkpointInfoSchema>

/** Scores of one split: predictions [N], scores [N, C] flat; both null without a classifier. */
export const splitResultSchema = z.object({
  evaluation: evaluationSchema,
  labels: int32Schema.nullable(),
  predicted: int32Schema.nullable(),
  scores: float32Schema.nullable(),
  /** Source image of each, where the dataset file says it. */
  sources: int32Schema.nullable().optional(),
})
export type SplitResult = z.infer<typeof splitResultSchema>

export const trainerEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    engine: z.string(),
    device: z.string(),
    dtype: z.string(),
    versions: z.record(z.string(), z.string()),
  }),
  z.object({
    type: z.literal('progress'),
    phase: phaseSchema,
    class: z.int().nullable(),
    epoch: z.int(),
    epochs: z.int(),
    step: z.int(),
    loss: z.number().nullable(),
    /** Share of this task that is done, 0..1. */
    fraction: z.number(),
    /** What takes its time before the first step. */
    remark: z.string().optional(),
  }),
  z.object({
    type: z.literal('epoch'),
    phase: phaseSchema,
    class: z.int().nullable(),
    epoch: z.int(),
    trainLoss: z.number(),
    validLoss: z.number().nullable(),
    validError: z.number().nullable(),
    seconds: z.number(),
  }),
  /** A warning about the run, which goes on. */
  z.object({ type: z.literal('warning'), warning: errorDataSchema }),
  z.object({ type: z.literal('checkpoint'), checkpoint: checkpointInfoSchema }),
  z.object({ type: z.literal('done'), results: z.array(splitResultSchema) }),
  z.object({ type: z.literal('cancelled') }),
  z.object({ type: z.literal('failed'), error: errorDataSchema }),
])
export type TrainerEvent = z.infer<typeof trainerEventSchema>
