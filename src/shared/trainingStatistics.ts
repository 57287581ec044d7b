import { z } from 'zod'

/** Pixels of a set of images before the run's preprocess. */
const pixelStatisticsSchema = z.object({
  low: z.number(),
  high: z.number(),
  mean: z.number(),
  /** Least and greatest mean pixel of an image. */
  imageMeans: z.object({ low: z.number(), high: z.number() }),
})
export type PixelStatistics = z.infer<typeof pixelStatisticsSchema>

/** Of both images of a pair; y is null for single images. */
export const pairPixelStatisticsSchema = z.object({ x: pixelStatisticsSchema, y: pixelStatisticsSchema.nullable() })
export type PairPixelStatistics = z.infer<typeof pairPixelStatisticsSchema>

/**
 * Mean squared errors per pixel of `n` images of the training and the validation split, clean, each under its own
 * class's model: those that were trained on alone say little of what the model makes of another.
 */
const errorStatisticsSchema = z.object({
  n: z.int(),
  /** 99.9 % of them lie at or below. */
  most: z.number(),
})
export type ErrorStatistics = z.infer<typeof errorStatisticsSchema>

/** What a finished model was trained on, to tell an image that is far from it. */
export const trainingStatisticsSchema = z.object({
  pixels: pairPixelStatisticsSchema,
  /** Of each image that is reconstructed; x is null where only y is. */
  reconstructionError: z.object({ x: errorStatisticsSchema.nullable(), y: errorStatisticsSchema.nullable() }),
})
export type TrainingStatistics = z.infer<typeof trainingStatisticsSchema>
