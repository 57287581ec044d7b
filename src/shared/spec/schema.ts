import { z } from 'zod'
import { kindNames, kindOf, type ModelKind } from '../kinds'
import type { kinds } from '../kinds/registry'
import { checkCombinations } from './rules'

/** Names that appear in lists, files and links: 1 to 120 characters, no path separators, no control characters. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(120, 'at most 120 characters')
  .regex(/^[^/\\\p{Cc}]+$/u, 'no slashes or control characters')

const count = (most: number) => z.int().min(1).max(most)

type KeysOf<Kind extends ModelKind> = (typeof kinds)[Kind]['keys']
type Both<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never
type AllKeys = Both<{ [Kind in ModelKind]: KeysOf<Kind> }[ModelKind]>

/** The model of a spec: its kind, and the keys that mean something for that kind. */
export type ModelSpec = { [Kind in ModelKind]: { kind: Kind } & z.output<z.ZodObject<KeysOf<Kind>>> }[ModelKind]
type ModelSpecInput = { [Kind in ModelKind]: { kind: Kind } & z.input<z.ZodObject<KeysOf<Kind>>> }[ModelKind]
/** The keys that a kind may have: what is not there means nothing for the kind at hand. */
export type ModelSettings = { [Key in keyof AllKeys]?: z.output<AllKeys[Key]> }

const modelSchema = z
  .discriminatedUnion(
    'kind',
    kindNames.map((name) => z.strictObject({ kind: z.literal(name), ...kindOf(name).keys })) as never,
    { error: ({ code }) => (code === 'invalid_union' ? `one of ${kindNames.join(', ')}` : undefined) },
  )
  .describe('the model') as unknown as z.ZodType<ModelSpec, ModelSpecInput>

/** Pixels of an image that can be whitened: the eigenvectors of a D x D matrix take time in D³. */
export const mostWhitened = 1600

export const preprocessSchema = z.strictObject({
  center: z.boolean().default(false).describe("minus the training set's mean image"),
  contrast: z.boolean().default(false).describe('each image minus its mean, divided by its standard deviation + 0.1'),
  whiten: z
    .boolean()
    .default(false)
    .describe('ZCA whitening learned of the training images, after the other steps; to 1,600 pixels'),
})
export type PreprocessSpec = z.infer<typeof preprocessSchema>

const corruptionKindSchema = z.enum(['none', 'mask', 'gaussian', 'salt-and-pepper'])

/** A level that is a probability ends at 1; a standard deviation has no end. */
function checkLevel({ kind, level }: { kind: string; level: number }, { addIssue }: z.core.$RefinementCtx): void {
  if (kind === 'gaussian' || level <= 1) return
  addIssue({ code: 'custom', path: ['level'], message: `at most 1 for ${kind}: it is a probability` })
}

export const corruptionSchema = z
  .strictObject({
    kind: corruptionKindSchema
      .default('mask')
      .describe('mask: pixels set to 0; gaussian: noise added; salt-and-pepper: pixels set to an end of their range'),
    level: z
      .number()
      .min(0)
      .default(0.3)
      .describe('mask, salt-and-pepper: probability of a pixel, to 1; gaussian: standard deviation of the noise'),
    on: z.enum(['x', 'y', 'both']).default('both').describe('gae: which image is corrupted'),
  })
  .superRefine(checkLevel)
const contractionSchema = z.strictObject({
  weight: z
    .number()
    .min(0)
    .max(1e6)
    .default(0)
    .describe('weight of the squared norm of the derivative of hidden and mapping units by the image; 0: none'),
  estimate: z
    .enum(['exact', 'sampled'])
    .default('exact')
    .describe(
      'exact, or an unbiased estimate from one random direction: far cheaper with many factors and mapping units',
    ),
})

export type CorruptionSpec = z.infer<typeof corruptionSchema>

const scheduleSchema = z.enum(['constant', 'linear']).default('constant')

export const optimizerSchema = z.strictObject({
  kind: z.enum(['sgd', 'adam']).default('sgd').describe('sgd: with momentum; adam: decay rates 0.9 and 0.999'),
  learningRate: z.number().positive().max(10).default(0.01).describe('step size'),
  schedule: scheduleSchema.describe('linear: constant to half of the steps, then linearly to 0'),
  momentum: z.number().min(0).max(0.999).default(0.9).describe('sgd: share of the last update that is kept'),
  weightDecay: z.number().min(0).max(1).default(0).describe('added gradient per weight (not biases)'),
  maxNorm: z
    .number()
    .min(1e-6)
    .max(1e6)
    .nullable()
    .default(null)
    .describe('longest row of W, W_X, W_Y, W_F: longer ones are scaled down after each step; null: no limit'),
})
export type OptimizerSpec = z.infer<typeof optimizerSchema>

const earlyStopping = (what: string) =>
  z
    .strictObject({
      patience: count(100_000).default(20).describe(`epochs without a lower ${what} before the end`),
    })
    .nullable()

const seedSchema = z.int().min(0).max(4_294_967_295)

export const classifierSchema = z.strictObject({
  kind: z.enum(['energy']).default('energy').describe('one model per class, compared by eq. 7 and 8'),
  energy: z.enum(['conditional', 'diagonal']).default('conditional').describe('which energy of the covariance part'),
  finetune: z
    .enum(['biases', 'scales', 'all'])
    .default('scales')
    .describe('biases: B alone; scales: B and the scales of the energy terms; all: every weight, from scales'),
  scales: z.enum(['class', 'shared']).default('class').describe('scales per class or shared by all classes'),
  holdout: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .describe('fraction of the training data kept from the models to fit biases and scales'),
  epochs: count(100_000).default(100).describe('finetune all: most epochs'),
  batchSize: count(100_000).default(100).describe('finetune all: images a step'),
  learningRate: z.number().positive().max(10).default(0.001).describe('finetune all: step size of Adam'),
  schedule: scheduleSchema.describe('finetune all: as of `optimizer.schedule`'),
  weightDecay: z.number().min(0).max(1).default(0).describe('finetune all: added gradient per weight'),
  corruption: z
    .strictObject({
      kind: corruptionKindSchema.default('mask').describe('as of `corruption.kind`'),
      level: z.number().min(0).default(0.5).describe('as of `corruption.level`'),
    })
    .superRefine(checkLevel)
    .prefault({})
    .describe('finetune all: corruption of the input'),
  earlyStopping: earlyStopping('validation error').prefault({}),
})
export type ClassifierSpec = z.infer<typeof classifierSchema>

/** A run, fully said. All keys but `model.kind` and `dataset` have defaults; unknown keys are refused. */
export const runSpecSchema = z
  .strictObject({
    model: modelSchema,
    dataset: nameSchema.describe('name of an imported or generated dataset'),
    fresh: z
      .boolean()
      .default(false)
      .describe(
        "draw new training examples each epoch from the dataset's own generator; validation and test stay fixed",
      ),
    preprocess: preprocessSchema.prefault({}),
    corruption: corruptionSchema.prefault({}),
    contraction: contractionSchema.prefault({}),
    optimizer: optimizerSchema.prefault({}),
    epochs: count(1_000_000).default(100).describe('most epochs of each model'),
    batchSize: count(100_000).default(100).describe('images (pairs) a step'),
    seed: seedSchema.default(1).describe('start weights, order, corruption'),
    earlyStopping: earlyStopping('validation loss')
      .prefault({})
      .describe('null: train all epochs, keep the last weights'),
    classifier: classifierSchema.optional().describe('absent: one model on all the data (or on pairs)'),
  })
  .superRefine(checkCombinations)
/** A spec with every default filled in: what a run stores and a trainer receives. */
export type RunSpec = z.infer<typeof runSpecSchema>
/** A spec as a user writes it. */
export type RunSpecInput = z.input<typeof runSpecSchema>
