import { z } from 'zod'
import { checkCombinations } from './rules'

/** Names that appear in lists, files and links: 1 to 120 characters, no path separators, no control characters. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(120, 'at most 120 characters')
  .regex(/^[^/\\\p{Cc}]+$/u, 'no slashes or control characters')

export const modelKindSchema = z.enum(['ae', 'cae', 'gae', 'mcae'])
export type ModelKind = z.infer<typeof modelKindSchema>

export const activationSchema = z.enum(['sigmoid', 'tanh', 'relu', 'linear'])
export type Activation = z.infer<typeof activationSchema>

/** gaussian: real-valued pixels; bernoulli: pixels in [0,1], each the probability of a 1. */
export const visibleSchema = z.enum(['gaussian', 'bernoulli'])
export type Visible = z.infer<typeof visibleSchema>

/** tied: the decoder's matrices are the transposes of the encoder's; own: they are parameters of their own. */
export const decoderSchema = z.enum(['tied', 'own'])
export type Decoder = z.infer<typeof decoderSchema>

const count = (most: number) => z.int().min(1).max(most)

export const modelSchema = z
  .strictObject({
    kind: modelKindSchema.describe(
      'ae: classical; cae: covariance (x = y); gae: gated (x and y differ); mcae: mean-covariance',
    ),
    factors: count(65_536).default(512).describe('F, rows of W_X, W_Y, W_F (gae, cae, mcae)'),
    mappings: count(65_536).default(256).describe('K, mapping units, rows of W_M (gae, cae, mcae)'),
    hidden: count(65_536).default(512).describe('H, mean hidden units, rows of W (ae, mcae)'),
    activation: activationSchema.default('sigmoid').describe('activation of mapping and hidden units'),
    visible: visibleSchema
      .default('gaussian')
      .describe('gaussian: squared error on real-valued pixels; bernoulli: cross-entropy on pixels in [0,1]'),
    tied: z.boolean().default(true).describe('gae: one W_F for both images, W_X = W_Y = W_F'),
    decoder: decoderSchema
      .default('tied')
      .describe('tied: the transposes of the encoder, so an energy exists; own: matrices of its own, no energy'),
    objective: z.enum(['y|x', 'x|y', 'both']).default('y|x').describe('gae: which image is reconstructed'),
    factorStd: z.number().min(0).max(10).default(0.02).describe('standard deviation of W_X, W_Y, W_F at the start'),
    mappingInit: z
      .enum(['small', 'negative', 'positive'])
      .default('small')
      .describe('W_M at the start: N(0, 0.05²), or -exp(U(-3, -2)), or +exp(U(-3, -2))'),
  })
  .describe('the model')
export type ModelSpec = z.infer<typeof modelSchema>

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
