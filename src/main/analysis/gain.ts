import { uniforms } from '../compute/random'
import type { Floats } from '../models/batchedGraph'

/** How many other y of the set each pair is compared with, at most. */
const mostOthers = 100
/** Pairs that are scored in one go. */
const chunk = 8192
/** Seeds the choice of the others: the same set gives the same gains. */
const seed = 0x6a09

export interface PairRows {
  n: number
  x: Float32Array
  y: Float32Array
}

/** Row numbers other than `row`: all of them, or a seeded choice of `mostOthers`. */
function othersOf(row: number, n: number): number[] {
  const shifted = (index: number) => (index < row ? index : index + 1)
  if (n - 1 <= mostOthers) return Array.from({ length: n - 1 }, (_, index) => shifted(index))
  const chosen = new Set<number>()
  for (let draw = 0; chosen.size < mostOthers; draw++) {
    for (const uniform of uniforms(seed, row, draw, mostOthers)) {
      if (chosen.size < mostOthers) chosen.add(shifted(Math.floor(uniform * (n - 1))))
    }
  }
  return [...chosen]
}

/**
 * Gains of pairs, x held: E(y|x) - mean of E(y'|x) over up to 100 other y' of the set.
 * @param own E(y|x) [N]
 * @param energies E(y|x) of given pairs
 * @returns [N], in nats
 */
export async function conditionalGains(
  own: Floats,
  { n, x, y }: PairRows,
  energies: (pairs: PairRows) => Promise<Floats>,
): Promise<Float64Array> {
  const [dx, dy] = [x.length / n, y.length / n]
  const perRow = Math.min(mostOthers, n - 1)
  const rowsAtOnce = Math.max(1, Math.floor(chunk / perRow))
  const gains = new Float64Array(n)
  for (let from = 0; from < n; from += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, n - from)
    const pairs = { n: rows * perRow, x: new Float32Array(rows * perRow * dx), y: new Float32Array(rows * perRow * dy) }
    for (let at = 0; at < rows; at++) {
      const row = from + at
      for (const [index, other] of othersOf(row, n).entries()) {
        pairs.x.set(x.subarray(row * dx, (row + 1) * dx), (at * perRow + index) * dx)
        pairs.y.set(y.subarray(other * dy, (other + 1) * dy), (at * perRow + index) * dy)
      }
    }
    const found = await energies(pairs)
    for (let at = 0; at < rows; at++) {
      let sum = 0
      for (const energy of found.subarray(at * perRow, (at + 1) * perRow)) sum += energy
      gains[from + at] = own[from + at] - sum / perRow
    }
  }
  return gains
}

/** Gains of single images, whose energies are comparable: E(x) - mean of E over the others. @param energies [N] */
export function energyGains(energies: Floats): Float64Array {
  let sum = 0
  for (const energy of energies) sum += energy
  return Float64Array.from(energies, (energy) => energy - (sum - energy) / (energies.length - 1))
}

/** @returns own energy minus the mean of the others, in nats; how many others there are, and how many lie below */
export function gainOver(own: number, others: Floats): { gain: number; n: number; below: number } {
  let sum = 0
  let below = 0
  for (const energy of others) {
    sum += energy
    if (energy < own) below++
  }
  return { gain: own - sum / others.length, n: others.length, below }
}
