import type { ModelDescription } from '../../shared/model'
import type { RunSpec } from '../../shared/spec'
import type { StepGraph } from '../compute/driver'
import { graph, input } from '../compute/graph'
import { gatherRows } from '../compute/ops'
import { batchMean, reconstructionLoss, type Batch } from '../models/loss'
import { weightInputs } from '../models/parameters'
import { corruptedImages, masked } from './corruption'
import { update } from './optimizers'

export interface Step {
  graph: StepGraph
  /** Shapes of the optimiser's carried arrays, which start from zero. */
  memory: Record<string, readonly number[]>
}

/**
 * One step of training a model: J = ½ mean ‖r - clean‖² of a batch out of the n examples, and the update of its weights.
 * Per-step inputs: `rows` int32 [B], `keepX` and `keepY` uint8 [B, D] where masked, `rate`. Returns `loss` a step.
 */
export function reconstructionStep(
  description: ModelDescription,
  { corruption, optimizer, model }: Pick<RunSpec, 'corruption' | 'optimizer' | 'model'>,
  n: number,
  batchSize: number,
): Step {
  const rows = input('rows', [batchSize], 'int32')
  const mask = corruptedImages(description.kind, corruption)
  const images = (name: 'x' | 'y', pixels: number, isMasked: boolean) => {
    const clean = gatherRows(input(name, [n, pixels]), rows)
    return { clean, seen: isMasked ? masked(clean, name === 'x' ? 'keepX' : 'keepY') : clean }
  }
  const batch: Batch = {
    x: images('x', description.inputs, mask.x),
    y: description.targets === null ? null : images('y', description.targets, mask.y),
  }
  const weights = weightInputs(description)
  const loss = batchMean(reconstructionLoss(description, weights, batch, model.objective))
  const { outputs, memory } = update(optimizer, loss, weights, input('rate', []))
  return {
    graph: {
      state: Object.keys(outputs),
      data: description.targets === null ? ['x'] : ['x', 'y'],
      perStep: ['rows', ...(mask.x ? ['keepX'] : []), ...(mask.y ? ['keepY'] : []), 'rate'],
      graph: graph({ ...outputs, loss }),
    },
    memory,
  }
}
