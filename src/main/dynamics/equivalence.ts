import type { Equivalence } from '../../shared/dynamics'
import type { ModelDescription } from '../../shared/model'
import type { GraphCompiler } from '../compute/engine'
import { input, type Node } from '../compute/graph'
import { float64 } from '../compute/tensor'
import { BatchedGraph, weightTensors } from '../models/batchedGraph'
import { imageEnergy } from '../models/energy'
import { energyYGivenX, gae } from '../models/kinds/gae'
import { imageModel } from '../models/imageModel'
import { noEnergy } from '../models/noEnergy'
import { weightInputs } from '../models/parameters'
import {
  conditionalFreeEnergy,
  constantOfUnits,
  covarianceFreeEnergy,
  hiddenUnits,
  meanCovarianceFreeEnergy,
  type FreeEnergy,
  type HiddenUnits,
} from '../models/freeEnergy'
import type { FieldSource } from './fieldModel'
import { rowAt } from './vector'

const models = { gae: 'fcrbm', cae: 'crbm', mcae: 'mcrbm', ae: null } as const

/** E(y|x) of a gae; of a model of one image the conditional energy at x = y. @returns [1] */
function conditionalEnergy(description: ModelDescription): Node {
  const w = weightInputs(description)
  const [x, y] = [input('x', [1, description.inputs]), input('y', [1, description.targets ?? description.inputs])]
  if (description.kind === 'gae') {
    return energyYGivenX(description, w, gae(description, w, x, y), y)
  }
  return imageEnergy(description, w, imageModel(description, w, y), y, 'conditional')
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
  if (description.decoder === 'own') return undefinedBecause(noEnergy('the model', description.kind).message)
  const model = models[description.kind]
  if (model === null) {
    return undefinedBecause('a classical auto-encoder has no factors, so it equals none of the gated RBMs')
  }
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
    const [energy] = (await graph.run(1, { y }, fixed)).energy
    const free = freeEnergy(source, y, units)
    maxAbs = Math.max(maxAbs, Math.abs(energy + free.value - constant))
    largest = Math.max(largest, Math.abs(energy))
    how = free.how
  }
  await graph.dispose()
  return { found: { model, hidden: units, maxAbs, why: how }, largest }
}

function freeEnergy({ description, weights, x }: FieldSource, y: Float64Array, units: HiddenUnits): FreeEnergy {
  const { kind, visible } = description
  if (kind === 'gae') return conditionalFreeEnergy(visible, weights, x, y, units)
  if (kind === 'cae') return covarianceFreeEnergy(visible, weights, y, units)
  return meanCovarianceFreeEnergy(visible, weights, y, units)
}
