import { z } from 'zod'
import { gatedKeys, objectiveSchema, tiedFilters, unitKeys } from './keys'
import { kind } from './kind'

export const gae = kind({
  title: 'gated auto-encoder',
  summary: 'gae: gated (x and y differ)',
  images: 'pairs',
  gated: true,
  keys: {
    ...gatedKeys,
    ...unitKeys,
    tied: z
      .boolean()
      .default(true)
      .meta({ title: 'Tied factors', description: 'one W_F for both images, W_X = W_Y = W_F' }),
    objective: objectiveSchema.default('y|x').meta({ title: 'Objective', description: 'which image is reconstructed' }),
  },
  energies: ['yGivenX', 'xGivenY'],
  filters: tiedFilters,
})
