import { dot, plus, stacked, rowAt } from './vector'

/** F at many points: [n, D] to [n, D]. */
export type FieldAt = (points: Float64Array) => Promise<Float64Array>

export interface LineIntegral {
  /** ∫F·dl */
  integral: number
  /** ∫|F·dl| */
  absolute: number
  /** Estimated error of the integral: the sum over the pieces of what their last bisection changed. */
  error: number
  /** Points at which the field was evaluated. */
  evaluations: number
}

/** Accuracy sought, relative to ∫|F·dl|: 1e-7 with room, as a kink between nodes hides a part of its error. */
const relative = 5e-8
const mostLevels = 12
/** Points of the field at most: a ReLU model with many units has kinks everywhere, and the error says what is left. */
const mostEvaluations = 60_000

/** Nodes and weights of the 8-point Gauss-Legendre rule on [-1, 1] (Abramowitz & Stegun, table 25.4). */
const nodes = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363]
const weights = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763]
const rule = nodes.flatMap((node, i) => [
  { at: -node, weight: weights[i] },
  { at: node, weight: weights[i] },
])

/** Part [from, to] of a side, 0..1, with the rule's estimates of ∫F·dl and ∫|F·dl|. */
interface Piece {
  side: number
  from: number
  to: number
  level: number
  value: number
  absolute: number
}

/** A piece and its halves; what the bisection changed estimates the error. */
interface Bisected {
  piece: Piece
  halves: [Piece, Piece]
  error: number
}

/**
 * Integrates a field along a polygon, adaptively: ReLU fields have kinks, and a fixed rule fails on them. All pieces
 * whose error is more than their share are bisected together, so that the field is evaluated in batches.
 * @param corners at least two points [D]; a closed polygon names its first corner again at the end
 */
export async function lineIntegral(field: FieldAt, corners: readonly Float64Array[]): Promise<LineIntegral> {
  let evaluations = 0
  const directions = corners.slice(1).map((corner, side) => plus(corner, corners[side], -1))

  async function estimate(parts: readonly Omit<Piece, 'value' | 'absolute'>[]): Promise<Piece[]> {
    const points = parts.flatMap(({ side, from, to }) =>
      rule.map(({ at }) => plus(corners[side], directions[side], (from + to + at * (to - from)) / 2)),
    )
    evaluations += points.length
    const values = await field(stacked(points))
    return parts.map((part, index) => {
      const half = (part.to - part.from) / 2
      let [value, absolute] = [0, 0]
      rule.forEach(({ weight }, k) => {
        const along = dot(rowAt(values, directions[part.side].length, index * rule.length + k), directions[part.side])
        value += half * weight * along
        absolute += half * weight * Math.abs(along)
      })
      return { ...part, value, absolute }
    })
  }

  async function bisect(pieces: readonly Piece[]): Promise<Bisected[]> {
    const halves = await estimate(
      pieces.flatMap(({ side, from, to, level }) => {
        const middle = (from + to) / 2
        return [
          { side, from, to: middle, level: level + 1 },
          { side, from: middle, to, level: level + 1 },
        ]
      }),
    )
    return pieces.map((piece, i) => {
      const [left, right] = [halves[2 * i], halves[2 * i + 1]]
      return { piece, halves: [left, right], error: Math.abs(left.value + right.value - piece.value) }
    })
  }

  let found = await bisect(await estimate(directions.map((_, side) => ({ side, from: 0, to: 1, level: 0 }))))
  for (;;) {
    const { error, absolute } = totals(found)
    const tolerance = relative * absolute
    if (!(error > tolerance) || evaluations >= mostEvaluations) break
    const share = tolerance / found.length
    const [split, kept] = [found, found].map((all, which) =>
      all.filter(({ error: own, halves: [{ level }] }) => (own > share && level < mostLevels) === (which === 0)),
    )
    if (split.length === 0) break
    found = [...kept, ...(await bisect(split.flatMap(({ halves }) => halves)))]
  }
  return { ...totals(found), evaluations }
}

function totals(found: readonly Bisected[]): { integral: number; absolute: number; error: number } {
  let [integral, absolute, error] = [0, 0, 0]
  for (const { halves, error: own } of found) {
    for (const half of halves) {
      integral += half.value
      absolute += half.absolute
    }
    error += own
  }
  return { integral, absolute, error }
}
