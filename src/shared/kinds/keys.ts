import { z } from 'zod'

export const activationSchema = z.enum(['sigmoid', 'tanh', 'relu', 'linear'])
export type Activation = z.infer<typeof activationSchema>

/** gaussian: real-valued pixels; bernoulli: pixels in [0,1], each the probability of a 1. */
export const visibleSchema = z.enum(['gaussian', 'bernoulli'])
export type Visible = z.infer<typeof visibleSchema>

/** tied: the decoder's matrices are the transposes of the encoder's; own: they are parameters of their own. */
export const decoderSchema = z.enum(['tied', 'own'])

/** Which image of a pair is reconstructed. */
export const objectiveSchema = z.enum(['y|x', 'x|y', 'both'])
export type Objective = z.infer<typeof objectiveSchema>

const units = (title: string, description: string, standard = 512) =>
  z.int().min(1).max(65_536).default(standard).meta({ title, description })

/** What every auto-encoder's spec says of its units. */
export const unitKeys = {
  activation: activationSchema
    .default('sigmoid')
    .meta({ title: 'Activation', description: 'activation of mapping and hidden units' }),
  visible: visibleSchema.default('gaussian').meta({
    title: 'Visibles',
    description: 'gaussian: squared error on real-valued pixels; bernoulli: cross-entropy on pixels in [0,1]',
  }),
  decoder: decoderSchema.default('tied').meta({
    title: 'Decoder',
    description: 'tied: the transposes of the encoder, so an energy exists; own: matrices of its own, no energy',
  }),
}

/** A mean part. */
export const meanKeys = { hidden: units('Hidden units H', 'H, mean hidden units, rows of W') }

/** What is on show of factors that serve both images. */
export const tiedFilters = 'Tied: one gallery, W_F serves both images.'

/** A part whose units multiply factors. */
export const gatedKeys = {
  factors: units('Factors F', 'F, rows of W_X, W_Y, W_F'),
  mappings: units('Mapping units K', 'K, mapping units, rows of W_M', 256),
  factorStd: z.number().min(0).max(10).default(0.02).meta({
    title: 'Start of the factors',
    description: 'standard deviation of W_X, W_Y, W_F at the start',
  }),
  mappingInit: z.enum(['small', 'negative', 'positive']).default('small').meta({
    title: 'Start of W_M',
    description: 'W_M at the start: N(0, 0.05²), or -exp(U(-3, -2)), or +exp(U(-3, -2))',
  }),
}
