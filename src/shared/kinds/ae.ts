import { meanKeys, unitKeys } from './keys'
import { kind } from './kind'

export const ae = kind({
  title: 'classical auto-encoder',
  summary: 'ae: classical',
  images: 'one',
  gated: false,
  keys: { ...meanKeys, ...unitKeys },
  energies: ['conditional', 'diagonal'],
  filters: 'Rows of W, the filters of the hidden units.',
})
