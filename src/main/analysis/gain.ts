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

/** Some rows of a set of pairs, and what they are compared with. */
export interface RowsOfSet {
  /** The first row's place in the set. */
  from: number
  /** x of the rows, [rows, Dx]. */
  x: Float32Array
  /** y of the whole set, [N, Dy]. */
  y: Float32Array
  /** N, two at least. */
  n: number
}

/**
 * Mean of E(y'|x) over up to 100 other y' of the set, x held.
 * @param energies E(y|x) of given pairs
 * @returns one mean for each of the rows
 */
export async function meansOfOthers(
  { from, x, y, n }: RowsOfSet,
  rows: number,
  energies: (pairs: PairRows) => Promise<Floats>,
): Promise<Float64Array> {
  const [dx, dy] = [x.length / rows, y.length / n]
  const perRow = Math.min(mostOthers, n - 1)
  const rowsAtOnce = Math.max(1, Math.floor(chunk / perRow))
  const means = new Float64Array(rows)
  for (let start = 0; start < rows; start += rowsAtOnce) {
    const part = Math.min(rowsAtOnce, rows - start)
    const pairs = { n: part * perRow, x: new Float32Array(part * perRow * dx), y: new Float32Array(part * perRow * dy) }
    for (let at = 0; at < part; at++) {
      const own = x.subarray((start + at) * dx, (start + at + 1) * dx)
      for (const [index, other] of othersOf(from + start + at, n).entries()) {
        pairs.x.set(own, (at * perRow + index) * dx)
        pairs.y.set(y.subarray(other * dy, (other + 1) * dy), (at * perRow + index) * dy)
      }
    }
    const found = await energies(pairs)
    for (let at = 0; at < part; at++) {
      let sum = 0
      for (const energy of found.subarray(at * perRow, (at + 1) * perRow)) sum += energy
      means[start + at] = sum / perRow
    }
  }
  return means
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
  const means = await meansOfOthers({ from: 0, x, y, n }, n, energies)
  return means.map((mean, row) => own[row] - mean)
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
