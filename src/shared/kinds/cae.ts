import { gatedKeys, tiedFilters, unitKeys } from './keys'
import { kind } from './kind'

export const cae = kind({
  title: 'covariance auto-encoder',
  summary: 'cae: covariance (x = y)',
  images: 'one',
  gated: true,
  keys: { ...gatedKeys, ...unitKeys },
  energies: ['conditional', 'diagonal'],
  filters: tiedFilters,
})
