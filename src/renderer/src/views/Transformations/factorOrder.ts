import type { FilterPart } from './filterParts'
import type { SortBy } from './useTransformationsRoute'

/** Places of the filters on the screen: pinned ones, then as they are sorted. */
export function factorOrder(part: FilterPart, sort: SortBy, pins: readonly number[]): number[] {
  const all = sorted(part, sort)
  const pinned = pins.filter((one) => one < all.length)
  return [...pinned, ...all.filter((one) => !pinned.includes(one))]
}

/** By falling norm of both filters, by rising frequency, or as they are stored. */
function sorted({ x, y }: FilterPart, sort: SortBy): number[] {
  const order = Array.from(x.norms, (_, factor) => factor)
  const norm = (factor: number) => x.norms[factor] * (y === null ? x.norms[factor] : y.norms[factor])
  const { frequency } = x
  if (sort === 'norm') return order.sort((a, b) => norm(b) - norm(a) || a - b)
  if (sort === 'index' || frequency === null) return order
  const length = (factor: number) => Math.hypot(frequency[2 * factor], frequency[2 * factor + 1])
  const angle = (factor: number) => Math.atan2(frequency[2 * factor], frequency[2 * factor + 1])
  return order.sort((a, b) => length(a) - length(b) || angle(a) - angle(b) || a - b)
}

const degrees = (radians: number) => `${Math.round((radians * 180) / Math.PI)}°`
const cycles = (frequency: Float32Array, factor: number) => `${frequency[2 * factor]}, ${frequency[2 * factor + 1]}`

/** What is known of one unit's filters, name and value. */
export function factorFacts({ x, y, pairs, tied }: FilterPart, factor: number): [string, string][] {
  const facts: [string, string][] = [[tied ? '‖row‖' : '‖row of W_X‖', x.norms[factor].toPrecision(4)]]
  if (y !== null) facts.push(['‖row of W_Y‖', y.norms[factor].toPrecision(4)])
  if (x.frequency !== null && x.powerShare !== null) {
    facts.push(['strongest frequency (down, right)', cycles(x.frequency, factor)])
    facts.push(['its share of the power', `${(100 * x.powerShare[factor]).toFixed(1)} %`])
  }
  if (pairs !== null && y?.frequency != null) {
    facts.push(
      pairs.sameFrequency[factor] === 1
        ? ['phase shift from x to y', degrees(pairs.phaseShift[factor])]
        : ['strongest frequency in W_Y', `${cycles(y.frequency, factor)} (another)`],
    )
  }
  return facts
}
