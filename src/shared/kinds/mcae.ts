import { gatedKeys, meanKeys, tiedFilters, unitKeys } from './keys'
import { kind } from './kind'

export const mcae = kind({
  title: 'mean-covariance auto-encoder',
  summary: 'mcae: mean-covariance',
  images: 'one',
  gated: true,
  keys: { ...meanKeys, ...gatedKeys, ...unitKeys },
  energies: ['conditional', 'diagonal'],
  filters: tiedFilters,
})
