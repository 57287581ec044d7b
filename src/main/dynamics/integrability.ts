import type { Integrability, IntegrabilityCheck, Verdict } from '../../shared/dynamics'
import type { Backend } from '../compute/backend'
import { gaussians } from '../compute/random'
import { equivalence } from './equivalence'
import type { FieldModel } from './fieldModel'
import { asymmetry } from './jacobian'
import { lineIntegral } from './lineIntegral'
import { dot, norm, plus, stacked } from './vector'

/** Streams of the random draws. */
const [loopStream, pathStream] = [1, 2]

/** Largest value of a conservative field, in float64. */
const tolerances = {
  jacobianAsymmetry: 1e-6,
  loopIntegralRelative: 1e-6,
  'pathIndependence.relative': 1e-6,
  'equivalence.maxAbs': 1e-9,
} as const satisfies Record<IntegrabilityCheck['key'], number>

/** A random direction of length 1, at right angles to `to` where it is given. */
function direction(seed: number, stream: number, draw: number, size: number, to?: Float64Array): Float64Array {
  const drawn = gaussians(seed, stream, draw, size)
  const free = to === undefined ? drawn : plus(drawn, to, -dot(drawn, to))
  const length = norm(free)
  return free.map((value) => (length === 0 ? 0 : value / length))
}

/** Corners of an equilateral triangle through the start, its side the start's norm (1 where that is 0). */
export function seededTriangle(start: Float64Array, seed: number): [Float64Array, Float64Array, Float64Array] {
  const side = norm(start) || 1
  const first = direction(seed, loopStream, 0, start.length)
  const second = direction(seed, loopStream, 1, start.length, first)
  const corner = plus(start, first, side)
  return [start, corner, plus(plus(start, first, side / 2), second, (Math.sqrt(3) / 2) * side)]
}

/** The straight path from the start to a seeded point, and one over two seeded points beside it. */
function seededPaths(start: Float64Array, seed: number): [Float64Array[], Float64Array[]] {
  const length = norm(start) || 1
  const [end, first, second] = [0, 1, 2].map((draw) =>
    plus(start, direction(seed, pathStream, draw, start.length), length),
  )
  return [
    [start, end],
    [start, first, second, end],
  ]
}

/**
 * Tests whether a field is the gradient of its energy: the Jacobian's symmetry, a closed loop, two paths against the
 * difference of energies, and the energy against the free energy of the RBM that it should be.
 * @param start [D]
 */
export async function integrability(
  backend: Backend,
  model: FieldModel,
  start: Float64Array,
  seed: number,
): Promise<Integrability> {
  const jacobianAsymmetry = asymmetry(await model.jacobian(start))
  const field = async (points: Float64Array) => (await model.at(points)).field
  const corners = seededTriangle(start, seed)
  const loop = await lineIntegral(field, [...corners, start])
  const [straight, around] = seededPaths(start, seed)
  const [a, b] = [await lineIntegral(field, straight), await lineIntegral(field, around)]
  const { energy } = await model.at(stacked([start, straight[1]]))
  const energyDifference = energy[1] - energy[0]
  const apart = Math.max(
    Math.abs(a.integral - energyDifference),
    Math.abs(b.integral - energyDifference),
    Math.abs(a.integral - b.integral),
  )
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  const { reconstruction } = await model.at(start)
  const equal = await equivalence(backend, model.source, stacked([...corners, reconstruction]))
  const loopIntegralRelative = share(Math.abs(loop.integral), loop.absolute)
  const relative = share(apart, Math.max(a.absolute, b.absolute))
  const checks = [
    check('jacobianAsymmetry', jacobianAsymmetry),
    check('loopIntegralRelative', loopIntegralRelative),
    check('pathIndependence.relative', relative),
    check('equivalence.maxAbs', equal.maxAbs, equal.why),
  ]
  return {
    jacobianAsymmetry,
    loopIntegral: loop.integral,
    loopIntegralRelative,
    pathIndependence: { pathA: a.integral, pathB: b.integral, energyDifference, relative },
    equivalence: equal,
    checks,
    conclusion: checks.some(({ verdict }) => verdict === 'fail') ? 'not conservative' : 'conservative',
  }
}

function check(key: IntegrabilityCheck['key'], value: number | null, undefinedBecause = ''): IntegrabilityCheck {
  const tolerance = tolerances[key]
  if (value === null) return { key, value, tolerance, verdict: 'undefined', reason: undefinedBecause }
  const verdict: Verdict = value <= tolerance ? 'pass' : 'fail'
  return { key, value, tolerance, verdict, reason: null }
}
