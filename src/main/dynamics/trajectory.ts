import type { Stopped, Trajectory, TrajectoryMap } from '../../shared/dynamics'
import { kindOf } from '../../shared/kinds'
import { integrateFlow } from './dormandPrince'
import type { FieldModel, FieldValues } from './fieldModel'
import { norm, plus, stacked } from './vector'

/** A point this many times longer than the start is on its way to infinity. */
const runAwayFactor = 1000

export interface Walk {
  map: TrajectoryMap
  eps: number
  steps: number
}

/**
 * Follows the field from a start: y ← r(y|x), y ← y + εF, or the flow dy/dt = F. With Bernoulli visibles F = r - y too:
 * it keeps y within [0,1], and each of its components has the sign of the energy's gradient.
 * Stops where a value is not finite or ‖y‖ > 1000 ‖y₀‖, and says why.
 * @param start [D]
 */
export async function trajectory(
  model: FieldModel,
  start: Float64Array,
  { map, eps, steps }: Walk,
): Promise<Trajectory> {
  const limit = runAwayFactor * (norm(start) || 1)
  const points = [start]
  const values = [await model.at(start)]
  let stopped: Stopped | null = null
  for (let step = 1; step <= steps; step++) {
    const next = await after(model, points[step - 1], values[step - 1], map, eps, limit)
    const found = next === null || !withinReach(next, limit) ? null : await model.at(next)
    if (next === null || found === null || found.energy?.every(Number.isFinite) === false) {
      stopped = { ...(await reasonOf(model, { map, eps, steps }, next, values)), step }
      break
    }
    points.push(next)
    values.push(found)
  }
  const energies = model.hasEnergy ? Float64Array.from(values, ({ energy }) => energy?.[0] ?? NaN) : null
  const norms = Float64Array.from(values, ({ field }) => norm(field))
  const promisedRise = promised(model, norms, map, eps)
  return {
    points: stacked(points),
    energies,
    norms,
    promisedRise,
    promiseKept: promisedRise === null || energies === null ? null : isKept(energies, promisedRise),
    stopped,
  }
}

/** Whether the energy falls without end in every direction: its potentials grow no faster than ‖y‖. */
const hasMaximum = ({ source: { description, slots } }: FieldModel): boolean =>
  (description.activation === 'sigmoid' || description.activation === 'tanh') &&
  (slots === 'fixed' || !kindOf(description.kind).gated)

/**
 * Why a walk ends at a point that it cannot go on from.
 * @param next the point; null where a flow found none
 * @param before values at the points so far
 */
async function reasonOf(
  model: FieldModel,
  { map, eps }: Walk,
  next: Float64Array | null,
  before: readonly FieldValues[],
): Promise<Omit<Stopped, 'step'>> {
  if (!model.hasEnergy) return { code: 'RUNS_OFF', message: 'this map runs off to infinity' }
  if (model.source.description.visible === 'bernoulli' && next?.some((value) => value < 0 || value > 1) === true) {
    const message = `a step of ${eps} leaves [0,1], where this energy is defined; steps up to 1 stay within`
    return { code: 'LEFT_RANGE', message }
  }
  const length = map === 'step' ? 'the unit step' : `a step of ${eps}`
  if (hasMaximum(model)) {
    return { code: 'STEP_TOO_LONG', message: `${length} is too long and overshoots; this energy has a maximum` }
  }
  const energies = before.slice(-1).flatMap(({ energy }) => [...(energy ?? [])])
  const reached = next?.every(Number.isFinite) === true ? ((await model.at(next)).energy?.[0] ?? NaN) : NaN
  if (map !== 'flow' && reached < energies[0]) {
    return { code: 'STEP_TOO_LONG', message: `${length} is too long and overshoots: the energy falls along it` }
  }
  return { code: 'NO_MAXIMUM', message: 'this energy has no maximum here' }
}

function withinReach(point: Float64Array, limit: number): boolean {
  const length = norm(point)
  return Number.isFinite(length) && length <= limit
}

async function after(
  model: FieldModel,
  point: Float64Array,
  { reconstruction, field }: FieldValues,
  map: TrajectoryMap,
  eps: number,
  limit: number,
): Promise<Float64Array | null> {
  if (map === 'step') return reconstruction
  if (map === 'relaxed') return plus(point, field, eps)
  const slope = async (y: Float64Array) => (await model.at(y)).field
  return integrateFlow(slope, point, eps, (y) => withinReach(y, limit))
}

/**
 * What each step gains at least, where Σ S(u(y)) is convex in y (x held, or no factors) and so lies above its tangent; null
 * where nothing is promised. Gaussian: the rest is -½‖y - b‖², so ε(1 - ε/2)‖F‖² for ε in [0, 2]. Bernoulli: the rest is
 * concave along the step with its maximum at r, so ε KL(y‖r) ≥ 2ε‖F‖² for ε in [0, 1] (Pinsker).
 */
function promised(
  { hasEnergy, source: { description, slots } }: FieldModel,
  norms: Float64Array,
  map: TrajectoryMap,
  eps: number,
): Float64Array | null {
  const isConvex = slots === 'fixed' || !kindOf(description.kind).gated
  const taken = map === 'step' ? 1 : eps
  const [longest, share] = description.visible === 'gaussian' ? [2, taken * (1 - taken / 2)] : [1, 2 * taken]
  if (!hasEnergy || !isConvex) return null
  if (map === 'flow') return new Float64Array(norms.length - 1)
  return taken > longest ? null : norms.subarray(0, -1).map((length) => share * length ** 2)
}

/** Room for the rounding of two energies whose difference is taken. */
const rounding = 1e-12

const isKept = (energies: Float64Array, promisedRise: Float64Array): boolean =>
  promisedRise.every((rise, step) => {
    const [before, after] = [energies[step], energies[step + 1]]
    return after - before >= rise - rounding * (Math.abs(before) + Math.abs(after) + rise)
  })
