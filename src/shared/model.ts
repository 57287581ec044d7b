import { z } from 'zod'
import { preprocessSchema } from './spec/schema'
import { activationSchema, decoderSchema, visibleSchema } from './kinds/keys'
import { modelKindSchema } from './kinds'

export const energyKindSchema = z.enum(['conditional', 'diagonal'])
export type EnergyKind = z.infer<typeof energyKindSchema>

const size = z.int().positive()

/** What a set of weights is: which equations, and the sizes of everything. */
export const modelDescriptionSchema = z.strictObject({
  kind: modelKindSchema,
  activation: activationSchema,
  visible: visibleSchema,
  /** Checkpoints from before decoders of their own name none. */
  decoder: decoderSchema.default('tied'),
  /** gae: W_X = W_Y = W_F. */
  tied: z.boolean(),
  /** D or D_x: pixels of x. */
  inputs: size,
  /** D_y: pixels of y; null for models of one image. */
  targets: size.nullable(),
  /** H; null without a mean part. */
  hidden: size.nullable(),
  /** F and K; null for an ae. */
  factors: size.nullable(),
  mappings: size.nullable(),
})
export type ModelDescription = z.infer<typeof modelDescriptionSchema>

/** The part of a checkpoint that says how to score with its weights. */
export const savedModelMetadataSchema = z.strictObject({
  description: modelDescriptionSchema,
  /** C for a classifier: every weight has a leading class axis; null for one model. */
  classes: size.nullable(),
  /** Energy that classifies (and that an energy alone stands for). */
  energy: energyKindSchema,
  preprocess: preprocessSchema,
  /** C names in label order, where they are known. */
  classNames: z.array(z.string()).optional(),
})
export type SavedModelMetadata = z.infer<typeof savedModelMetadataSchema>

/** Smallest and largest pixel of a training set, after preprocessing. */
const pixelRangeSchema = z.strictObject({ low: z.number(), high: z.number() })
export type PixelRange = z.infer<typeof pixelRangeSchema>
/** Of both images of a pair; y is null for single images. */
const pixelRangesSchema = z.strictObject({ x: pixelRangeSchema, y: pixelRangeSchema.nullable() })
export type PixelRanges = z.infer<typeof pixelRangesSchema>

/** The part of a checkpoint that says where its training stands. */
export const trainingMetadataSchema = z.strictObject({
  phase: z.enum(['pretrain', 'fit']),
  class: z.int().nonnegative().nullable(),
  /** Finished epochs and steps. */
  epoch: z.int().nonnegative(),
  step: z.int().nonnegative(),
  /** Stop score of the best weights, the first number decides; null without early stopping. */
  best: z.array(z.number()).nullable(),
  patienceUsed: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
  /** Finished: the weights are what the run came to. */
  final: z.boolean(),
  /** Ends of the range that salt-and-pepper corruption sets pixels to; null where it is not used. */
  range: pixelRangesSchema.nullable().default(null),
})
export type TrainingMetadata = z.infer<typeof trainingMetadataSchema>
