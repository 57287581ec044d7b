import { z } from 'zod'
import { bytesSchema } from './arrays'
import { meaningOptionsSchema, understoodSchema } from './importing'
import { nameSchema } from './spec/schema'

export const splitNameSchema = z.enum(['train', 'valid', 'test'])
export type SplitName = z.infer<typeof splitNameSchema>
export const splitNames = splitNameSchema.options

/** Images of height x width pixels. */
export const imageShapeSchema = z.tuple([z.int().positive(), z.int().positive()])
export type ImageShape = z.infer<typeof imageShapeSchema>

export const splitCountsSchema = z.object({
  train: z.int().nonnegative(),
  valid: z.int().nonnegative(),
  test: z.int().nonnegative(),
})
export type SplitCounts = z.infer<typeof splitCountsSchema>

/** Of made data: the generator, and all that it draws by. */
export const generatedRecipeSchema = z.object({
  kind: z.literal('generated'),
  generator: z.string(),
  seed: z.int(),
  counts: splitCountsSchema,
  options: z.record(z.string(), z.unknown()),
  /** The dataset whose images were varied, and the hash of its file. */
  source: z.object({ name: nameSchema, hash: z.string() }).nullable().default(null),
})
export type GeneratedRecipe = z.infer<typeof generatedRecipeSchema>

/** How a dataset came to be: enough to make it again. */
export const recipeSchema = z.discriminatedUnion('kind', [
  generatedRecipeSchema,
  z.object({
    kind: z.literal('imported'),
    format: z.string(),
    files: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.int() })),
    /** Of the draw of the splits; null where nothing was drawn. */
    seed: z.int().nullable(),
    options: z.record(z.string(), z.unknown()),
    /** Null in datasets of older versions, which did not say. */
    understood: understoodSchema.nullable().default(null),
  }),
])

export const datasetSchema = z.object({
  id: z.string(),
  name: nameSchema,
  /** images: x with a label each (or none); pairs: x and y. */
  kind: z.enum(['images', 'pairs']),
  shape: imageShapeSchema,
  /** Shape of y, for pairs. */
  targetShape: imageShapeSchema.nullable(),
  /** Class names in label order; null where there are no labels. */
  classes: z.array(z.string()).nullable(),
  n: splitCountsSchema,
  /** SHA-256 of the stored file. */
  hash: z.string(),
  bytes: z.int(),
  recipe: recipeSchema,
  created: z.iso.datetime(),
  deleted: z.iso.datetime().nullable(),
})
export type Dataset = z.infer<typeof datasetSchema>

/** An image or a pair of a dataset: its place in a split. */
export const datasetRowSchema = z.strictObject({
  /** Id or name. */
  dataset: z.string().min(1).max(200),
  split: splitNameSchema,
  index: z.int().nonnegative(),
})
export type DatasetRow = z.infer<typeof datasetRowSchema>

/**
 * How to split what was imported: by count, or by fraction of the file; without any, 10 % valid and 10 % test. Drawn by
 * the seed (1 where none is said). A published .amat file beside its test file has its validation rows at its end:
 * there a count without a seed takes the last rows.
 */
export const splitOptionsSchema = z.strictObject({
  valid: z.int().min(0).optional(),
  test: z.int().min(0).optional(),
  validFraction: z.number().min(0).max(0.9).optional(),
  testFraction: z.number().min(0).max(0.9).optional(),
  seed: z.int().min(0).max(4_294_967_295).optional(),
})
export type SplitOptions = z.infer<typeof splitOptionsSchema>

/**
 * A file to read: bytes that crossed a pipe, or a path on this machine. The name of a file of a folder has that before
 * it: "shapes/tall/1.png".
 */
export const sourceFileSchema = z.object({
  name: z.string().min(1).max(1024),
  content: z.union([z.object({ bytes: bytesSchema }), z.object({ path: z.string().min(1).max(4096) })]),
})
export type SourceFile = z.infer<typeof sourceFileSchema>

export const importRequestSchema = z.strictObject({
  name: nameSchema,
  files: z.array(sourceFileSchema).min(1).max(100_000),
  labels: sourceFileSchema.optional(),
  testFiles: z.array(sourceFileSchema).min(1).max(100_000).optional(),
  testLabels: sourceFileSchema.optional(),
  /** For flat rows: height x width. */
  shape: imageShapeSchema.optional(),
  /** Consecutive images of a folder are pairs. */
  frames: z.boolean().optional(),
  meaning: meaningOptionsSchema.prefault({}),
  split: splitOptionsSchema.prefault({}),
})
export type ImportRequest = z.infer<typeof importRequestSchema>

/** What a file holds, before anything is stored. */
export const importPreviewSchema = z.object({
  format: z.string(),
  kind: z.enum(['images', 'pairs']),
  n: z.int(),
  shape: imageShapeSchema,
  classes: z.array(z.string()).nullable(),
  splits: splitCountsSchema,
  /** Splits that the files have themselves. */
  ownSplits: z.array(z.enum(['valid', 'test'])),
  understood: understoodSchema,
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

/** Rows of one split as pixels in [0,1] (or as imported). `x` is [n, height*width]. */
export interface ImagePage {
  total: number
  indices: Int32Array
  x: Float32Array
  y: Float32Array | null
  labels: Int32Array | null
}

/** The pixels of all images of a split, or of one class of it. */
export interface PixelSummary {
  /** [height*width]; zeros where there are no images. */
  mean: Float32Array
  /** Least and greatest value; 0 and 0 where there are no images. */
  low: number
  high: number
  /** How many pixels lie in each of as many equal parts of [low, high], or of [0,1] where that holds all of them. */
  histogram: { low: number; high: number; counts: Float64Array }
}

/** What a split holds as a whole. */
export interface DatasetSummary {
  /** Images that the summary is of. */
  n: number
  /** Images of each class in the whole split; null without classes. */
  classCounts: Int32Array | null
  x: PixelSummary
  /** Of the partners, for pairs. */
  y: PixelSummary | null
}
