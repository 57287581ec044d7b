import type { Equivalence } from '../../shared/dynamics'
import { kindOf, takesPairs } from '../../shared/kinds'
import type { ModelDescription } from '../../shared/model'
import type { GraphCompiler } from '../compute/engine'
import { input, type Node } from '../compute/graph'
import { float64 } from '../compute/tensor'
import { BatchedGraph, weightTensors } from '../models/batchedGraph'
import { energy } from '../models/energy'
import { constantOfUnits, hiddenUnits } from '../models/freeEnergy'
import { modelKinds } from '../models/kinds/registry'
import { hasEnergy, noEnergy } from '../models/noEnergy'
import { weightInputs } from '../models/parameters'
import type { FieldSource } from './fieldModel'
import { rowAt } from './vector'

/** The conditional energy, or E(y|x) of pairs. @returns [1] */
function conditionalEnergy(description: ModelDescription): Node {
  const w = weightInputs(description)
  const [x, y] = [input('x', [1, description.inputs]), input('y', [1, description.targets ?? description.inputs])]
  const { heldEnergy, forward } = modelKinds[description.kind]
  const units = takesPairs(description.kind) ? forward(description, w, x, y) : forward(description, w, y, null)
  return energy(description, w, heldEnergy, units, y)
}

/** An equivalence, and the largest energy that it was seen at: what rounding scales with. */
export interface Compared {
  found: Equivalence
  largest: number
}

const undefinedBecause = (why: string): Compared => ({
  found: { model: null, hidden: null, maxAbs: null, why: `not defined: ${why}` },
  largest: 0,
})

/**
 * Compares the energy of a model with minus the free energy of the RBM that equals it, written by itself.
 * @param points y [n, D] to compare at
 */
export async function equivalence(
  compiler: GraphCompiler,
  source: FieldSource,
  points: Float64Array,
): Promise<Compared> {
  const { description, weights, x } = source
  if (!hasEnergy(description)) return undefinedBecause(noEnergy('the model', description).message)
  const { rbm } = modelKinds[description.kind]
  if (rbm === null) return undefinedBecause(`no RBM is known to equal a ${kindOf(description.kind).title}`)
  const units = hiddenUnits[description.activation]
  if (units === null) {
    return undefinedBecause('no RBM has hidden units whose mean is max(0, u) and whose free energy is max(0, u)²/2')
  }
  const constant = constantOfUnits(units, (description.mappings ?? 0) + (description.hidden ?? 0))
  const graph = await BatchedGraph.compile(compiler, { energy: conditionalEnergy(description) }, 1)
  const fixed = { ...weightTensors(weights), x: float64(Float64Array.from(x), [1, description.inputs]) }
  const pixels = description.targets ?? description.inputs
  let [maxAbs, largest, how] = [0, 0, '']
  for (let row = 0; row < points.length / pixels; row++) {
    const y = rowAt(points, pixels, row)
    const [found] = (await graph.run(1, { y }, fixed)).energy
    const free = rbm.freeEnergy(description.visible, weights, x, y, units)
    maxAbs = Math.max(maxAbs, Math.abs(found + free.value - constant))
    largest = Math.max(largest, Math.abs(found))
    how = free.how
  }
  await graph.dispose()
  return { found: { model: rbm.name[description.visible], hidden: units, maxAbs, why: how }, largest }
}
