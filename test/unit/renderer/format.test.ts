import { expect, it } from 'vitest'
import { formatAgo, formatBytes, formatEnergy, formatEta, formatPlural } from '../../../src/renderer/src/format'
import { formatCount, formatDigits, formatDuration } from '../../../src/shared/numbers'

it('shows an energy with its sign and five digits', () => {
  expect(formatEnergy(41.3071)).toBe('+41.307')
  expect(formatEnergy(-0.0312346)).toBe('-0.031235')
  expect(formatEnergy(-1234.56)).toBe('-1234.6')
  expect(formatEnergy(0)).toBe('+0')
  expect(formatEnergy(null)).toBe('--')
  expect(formatEnergy(NaN)).toBe('NaN')
})

it('shows numbers by significant digits', () => {
  expect(formatDigits(18.4219)).toBe('18.42')
  expect(formatDigits(0.000123456)).toBe('0.0001235')
  expect(formatDigits(1.5e-7, 2)).toBe('1.5e-7')
  expect(formatDigits(123_456)).toBe('123456')
})

it('shows durations, and what is left as an estimate', () => {
  expect([0.72, 42, 250, 7500].map(formatDuration)).toEqual(['0.7 s', '42 s', '4 min 10 s', '2 h 5 min'])
  const left = (eta: number | null, fraction = 0.5) => formatEta({ eta, fraction })
  expect([null, 41.2, 200, 5400].map((eta) => left(eta))).toEqual(['measuring', '~42 s', '~4 min', '~1.5 h'])
  expect([formatEta(null), left(0.2), left(null, 0.995), left(30, 1)]).toEqual([
    'measuring',
    ...Array(3).fill('finishing'),
  ])
})

it('shows counts, bytes and how long ago', () => {
  expect(formatCount(7_840_016)).toBe('7,840,016')
  expect([1, 32].map((count) => formatPlural(count, 'image'))).toEqual(['1 image', '32 images'])
  expect([512, 7_840_016, 123_400_000].map(formatBytes)).toEqual(['512 bytes', '7.8 MB', '123 MB'])
  const now = Date.parse('2026-03-14T12:00:00Z')
  const ago = (iso: string) => formatAgo(iso, now)
  expect(ago('2026-03-14T11:59:30Z')).toBe('now')
  expect(ago('2026-03-14T10:00:00Z')).toBe('2 h ago')
  expect(ago('2026-03-01T10:00:00Z')).toBe('2026-03-01')
})
