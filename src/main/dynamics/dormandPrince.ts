import { norm, plus } from './vector'

type Slope = (y: Float64Array) => Promise<Float64Array>

/** Coefficients of Dormand & Prince (1980): stages, the fifth-order step, and its difference from the fourth order. */
const stages = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
]
const fifthOrder = stages[6]
const errorWeights = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]

/** Error of a step allowed per component, relative to the length of y. */
const tolerance = 1e-6
const mostSteps = 10_000

/**
 * Integrates dy/dt = f(y) over `time` with steps that adapt to the error (Dormand-Prince 5(4), autonomous).
 * @param allowed whether a point may be gone on from
 * @returns y(time); null where it left what is allowed or took too many steps
 */
export async function integrateFlow(
  f: Slope,
  start: Float64Array,
  time: number,
  allowed: (y: Float64Array) => boolean,
): Promise<Float64Array | null> {
  let y = start
  let t = 0
  let h = time
  let first = await f(y)
  for (let taken = 0; taken < mostSteps; taken++) {
    h = Math.min(h, time - t)
    const slopes = [first]
    for (const row of stages.slice(1)) slopes.push(await f(combined(y, slopes, row, h)))
    const next = combined(y, slopes, fifthOrder, h)
    const error = norm(combined(new Float64Array(y.length), slopes, errorWeights, h))
    const scaled = error / (tolerance * Math.max(norm(y), norm(next), Number.MIN_VALUE))
    if (!Number.isFinite(scaled)) {
      h /= 10
      if (t + h === t) return null
      continue
    }
    if (scaled <= 1) {
      t += h
      y = next
      first = slopes[6]
      if (!allowed(y)) return null
      if (t >= time) return y
    }
    h *= Math.min(5, Math.max(0.2, 0.9 * (scaled || 1e-9) ** -0.2))
    if (t + h === t) return null
  }
  return null
}

/** y + h Σ a_i k_i */
function combined(y: Float64Array, slopes: readonly Float64Array[], row: readonly number[], h: number): Float64Array {
  return row.reduce((sum, a, i) => (a === 0 ? sum : plus(sum, slopes[i], h * a)), y)
}
