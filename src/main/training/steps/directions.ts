import type { ModelDescription } from '../../../shared/model'
import { input, type Node } from '../../compute/graph'
import { movingImages } from '../../models/contraction'
import { noiseSteps, type Draw } from './draws'
import type { Objective } from '../../../shared/kinds/keys'
import type { PairOf } from '../../models/kinds/kind'

/** Random directions v ~ N(0, I), one a row and step, along which a contraction is sampled. */
export function directionsOf(
  description: ModelDescription,
  objective: Objective,
  batchSize: number,
): { nodes: PairOf<Node | null>; draws: Draw[] } {
  const moving = movingImages(description, objective)
  const draws: Draw[] = []
  const direction = (purpose: Draw['purpose'], pixels: number): Node => {
    const shape = [batchSize, pixels]
    const tensor: Draw['tensor'] = (seed, stream, first, count) => noiseSteps(seed, stream, first, [count, ...shape], 1)
    draws.push({ purpose, bytes: 4 * batchSize * pixels, tensor })
    return input(purpose, shape)
  }
  const nodes = {
    x: moving.x ? direction('contractX', description.inputs) : null,
    y: moving.y ? direction('contractY', description.targets ?? description.inputs) : null,
  }
  return { nodes, draws }
}
