import { z } from 'zod'
import { imageShapeSchema, type ImageShape, type SplitCounts } from './datasets'
import { nameSchema } from './spec/schema'

/** What makes data: benchmark sets, variations of digits, pairs of an image and its transformation. */
export const generatorNameSchema = z.enum([
  'rectangles',
  'convex',
  'mnist-rot',
  'mnist-back-rand',
  'shifts',
  'rotations',
  'scalings',
  'affine',
  'split',
])
export type GeneratorName = z.infer<typeof generatorNameSchema>

/** A field of dots is a training example: larger ones are no longer seen through. */
const largestSide = 128

const optionSchema = z.strictObject({
  shape: imageShapeSchema
    .refine((sides) => sides.every((side) => side >= 2 && side <= largestSide), `sides go from 2 to ${largestSide}`)
    .describe('height and width of a field of random dots'),
  density: z.number().min(0.001).max(0.9).describe('share of white dots in a field of random dots'),
  circular: z.boolean().describe('what leaves one edge enters at the opposite one; else new dots (or black) enter'),
  largestShift: z.int().min(1).max(largestSide).describe('pixels, each way'),
  largestAngle: z.number().positive().max(180).describe('degrees, each way'),
  largestScale: z.number().gt(1).max(4).describe('factor, larger and smaller'),
})
/** What each option means, for forms. */
export const generatorOptionHelp = Object.fromEntries(
  Object.entries(optionSchema.shape).map(([option, schema]) => [option, schema.description ?? '']),
) as Readonly<Record<keyof typeof optionSchema.shape, string>>

/** Options of generators by name; each takes those that `generatorFacts` lists. */
export const generatorOptionsSchema = optionSchema.partial()
export type GeneratorOptions = z.infer<typeof generatorOptionsSchema>
export type GeneratorOption = keyof GeneratorOptions

export interface GeneratorFacts {
  kind: 'images' | 'pairs'
  /** What it makes, in one sentence. */
  text: string
  /** Sizes of the published set, or those that are known to work. */
  counts: SplitCounts
  /** Whether it varies the images of another dataset. */
  source: 'none' | 'optional' | 'needed'
  /** The options that it takes, with their defaults. */
  options: GeneratorOptions
}

const digits = { train: 10_000, valid: 2000, test: 50_000 } as const
const pairs = { train: 20_000, valid: 1000, test: 1000 } as const
const dots = { shape: [13, 13] as [number, number], density: 0.1 }

/** Options of a field of random dots: none of them is taken with a source, whose images have a shape already. */
export const dotOptions = ['shape', 'density'] as const satisfies readonly GeneratorOption[]

export const generatorFacts: Readonly<Record<GeneratorName, GeneratorFacts>> = {
  rectangles: {
    kind: 'images',
    text: 'RECT: white outlines of rectangles on black, 28x28; two classes: tall and wide.',
    counts: { train: 1000, valid: 200, test: 50_000 },
    source: 'none',
    options: {},
  },
  convex: {
    kind: 'images',
    text: 'CONVEX: white sets of pixels on black, 28x28; two classes: convex and not convex.',
    counts: { train: 6000, valid: 2000, test: 50_000 },
    source: 'none',
    options: {},
  },
  'mnist-rot': {
    kind: 'images',
    text: 'MNIST-ROT: digits of an imported set, each turned by a random angle.',
    counts: digits,
    source: 'needed',
    options: {},
  },
  'mnist-back-rand': {
    kind: 'images',
    text: 'MNIST-RAND: digits of an imported set before a background of random grey.',
    counts: digits,
    source: 'needed',
    options: {},
  },
  shifts: {
    kind: 'pairs',
    text: 'Pairs: y is x shifted by whole pixels.',
    counts: pairs,
    source: 'optional',
    options: { ...dots, circular: true, largestShift: 3 },
  },
  rotations: {
    kind: 'pairs',
    text: 'Pairs: y is x turned about the centre.',
    counts: pairs,
    source: 'optional',
    options: { ...dots, largestAngle: 180 },
  },
  scalings: {
    kind: 'pairs',
    text: 'Pairs: y is x enlarged or made smaller about the centre.',
    counts: pairs,
    source: 'optional',
    options: { ...dots, largestScale: 1.5 },
  },
  affine: {
    kind: 'pairs',
    text: 'Pairs: y is x under an affine map: stretched along two axes, turned, shifted.',
    counts: pairs,
    source: 'optional',
    options: { ...dots, largestShift: 2, largestAngle: 30, largestScale: 1.3 },
  },
  split: {
    kind: 'pairs',
    text: 'Pairs: the upper and the lower half of x are shifted independently of each other.',
    counts: pairs,
    source: 'optional',
    options: { ...dots, circular: true, largestShift: 2 },
  },
}

/** The options that a generator takes, with a source or on random dots. */
export const optionsOf = (generator: GeneratorName, onSource: boolean): GeneratorOption[] =>
  (Object.keys(generatorFacts[generator].options) as GeneratorOption[]).filter(
    (option) => !onSource || !(dotOptions as readonly string[]).includes(option),
  )

const generateFields = z.strictObject({
  generator: generatorNameSchema,
  name: nameSchema.optional(),
  train: z.int().min(1).max(1_000_000).optional(),
  valid: z.int().min(0).max(1_000_000).optional(),
  test: z.int().min(0).max(1_000_000).optional(),
  seed: z.int().min(0).max(4_294_967_295).default(1),
  /** Id or name of the dataset whose images are varied. */
  source: z.string().min(1).max(200).optional(),
  options: generatorOptionsSchema.optional(),
})

export const generateRequestSchema = generateFields.superRefine(({ generator, source, options = {} }, { addIssue }) => {
  const facts = generatorFacts[generator]
  const issue = (path: string[], message: string) => addIssue({ code: 'custom', path, message })
  if (facts.source === 'needed' && source === undefined) {
    issue(['source'], `${generator} varies the images of an imported dataset: say which`)
  }
  if (facts.source === 'none' && source !== undefined) issue(['source'], `${generator} takes no source`)
  const taken: readonly string[] = optionsOf(generator, source !== undefined)
  for (const option of Object.keys(options)) {
    if (taken.includes(option) || options[option as GeneratorOption] === undefined) continue
    const why = option in facts.options ? 'the images of a source have their own' : `${generator} takes no such option`
    issue(['options', option], why)
  }
})
/** As a generator takes it, every default written out. */
export type GenerateRequest = z.infer<typeof generateRequestSchema>
/** A request as a user writes it. */
export type GenerateRequestInput = z.input<typeof generateRequestSchema>

/** The first examples of what would be made: x [n, height*width] and y alike, bytes 0..255. */
export interface GeneratedPreview {
  kind: 'images' | 'pairs'
  n: number
  shape: ImageShape
  targetShape: ImageShape | null
  classes: string[] | null
  x: Uint8Array
  y: Uint8Array | null
  labels: Int32Array | null
}
