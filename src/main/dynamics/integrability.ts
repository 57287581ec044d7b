import type { Integrability, IntegrabilityCheck } from '../../shared/dynamics'
import type { GraphCompiler } from '../compute/engine'
import { noEnergy } from '../models/noEnergy'
import { equivalence } from './equivalence'
import type { FieldModel } from './fieldModel'
import { asymmetry, mostJacobianPixels } from './jacobian'
import { lineIntegral, type LineIntegral } from './lineIntegral'
import { seededPaths, seededTriangle } from './seededPaths'
import { stacked } from './vector'

/** Largest value of a conservative field, in float64; an energy's rounding grows with the energy. */
const tolerances = {
  jacobianAsymmetry: 1e-6,
  loopIntegralRelative: 1e-6,
  'pathIndependence.relative': 1e-6,
  'equivalence.maxAbs': 1e-9,
} as const satisfies Record<IntegrabilityCheck['key'], number>

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/**
 * Tests whether the force is the gradient of its energy: the Jacobian's symmetry (where it is not too large), a closed loop, two paths against the
 * difference of energies, and the energy against the free energy of the RBM that it should be.
 * @param start [D]; with Bernoulli visibles within (0,1)
 */
export async function integrability(
  backend: GraphCompiler,
  model: FieldModel,
  start: Float64Array,
  seed: number,
): Promise<Integrability> {
  const { visible } = model.source.description
  const corners = seededTriangle(visible, start, seed)
  const { jacobianAsymmetry, loop, loopIntegralRelative } = await curl(model, corners, 'force')
  const { pathIndependence, error } = await paths(model, start, seed)
  const { found: equal, largest } = await equivalence(backend, model.source, stacked(corners))
  const checks = [
    check(model, 'jacobianAsymmetry', jacobianAsymmetry, 0, { why: tooLarge(model.pixels), scale: 1 }),
    check(model, 'loopIntegralRelative', loopIntegralRelative, share(loop.error, loop.absolute)),
    check(model, 'pathIndependence.relative', pathIndependence.relative, error),
    check(model, 'equivalence.maxAbs', equal.maxAbs, 0, { why: equal.why, scale: Math.max(1, largest) }),
  ]
  return {
    jacobianAsymmetry,
    loopIntegral: loop.integral,
    loopIntegralRelative,
    pathIndependence,
    equivalence: equal,
    checks,
    lesson: visible === 'bernoulli' ? await lesson(model, corners) : null,
    conclusion: checks.some(({ verdict }) => verdict === 'fail') ? 'not conservative' : 'conservative',
  }
}

const tooLarge = (pixels: number): string =>
  `left out: a Jacobian of ${pixels} x ${pixels} numbers; it is computed of images of ${mostJacobianPixels} pixels at most`

/** The two local signs of a gradient: the Jacobian at the first corner, and the loop round all of them. */
async function curl(model: FieldModel, corners: readonly Float64Array[], of: 'force' | 'field') {
  const jacobian = await model.jacobian(corners[0], of)
  const jacobianAsymmetry = jacobian && asymmetry(jacobian)
  const loop = await lineIntegral(async (points) => (await model.at(points))[of], [...corners, corners[0]])
  return { jacobianAsymmetry, loop, loopIntegralRelative: share(Math.abs(loop.integral), loop.absolute) }
}

/** Two paths between the same points, against the difference of the energies where there is one. */
async function paths(model: FieldModel, start: Float64Array, seed: number) {
  const [straight, around] = seededPaths(model.source.description.visible, start, seed)
  const along = (path: readonly Float64Array[]): Promise<LineIntegral> =>
    lineIntegral(async (points) => (await model.at(points)).force, path)
  const [a, b] = [await along(straight), await along(around)]
  const { energy } = await model.at(stacked([start, straight[1]]))
  const energyDifference = energy && energy[1] - energy[0]
  const integrals = [a.integral, b.integral, ...(energyDifference === null ? [] : [energyDifference])]
  const whole = Math.max(a.absolute, b.absolute)
  const relative = share(Math.max(...integrals) - Math.min(...integrals), whole)
  return {
    pathIndependence: { pathA: a.integral, pathB: b.integral, energyDifference, relative },
    error: share(a.error + b.error, whole),
  }
}

async function lesson(model: FieldModel, corners: readonly Float64Array[]): Promise<Integrability['lesson']> {
  const { jacobianAsymmetry, loopIntegralRelative } = await curl(model, corners, 'field')
  const why =
    'r - y alone is no gradient with Bernoulli visibles: its Jacobian is diag(r(1-r)) times a symmetric matrix, minus I'
  return { jacobianAsymmetry, loopIntegralRelative, why }
}

/**
 * @param error what the number is uncertain by: where it decides, nothing is decided
 * @param options why a number is missing; what its tolerance scales with
 */
function check(
  { hasEnergy, source: { description } }: FieldModel,
  key: IntegrabilityCheck['key'],
  value: number | null,
  error: number,
  { why, scale } = { why: '', scale: 1 },
): IntegrabilityCheck {
  const tolerance = tolerances[key] * scale
  if (value === null) return { key, value, tolerance, verdict: 'undefined', reason: why }
  if (value <= tolerance) return { key, value, tolerance, verdict: 'pass', reason: null }
  if (value <= error) {
    const reason = `not resolved: the integral is uncertain by ${error.toExponential(1)} of ∫|F·dl|`
    return { key, value, tolerance, verdict: 'undefined', reason }
  }
  const reason = hasEnergy ? null : noEnergy('the model', description).message
  return { key, value, tolerance, verdict: 'fail', reason }
}
