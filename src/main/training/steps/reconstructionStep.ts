import type { ModelDescription } from '../../../shared/model'
import type { RunSpec } from '../../../shared/spec/schema'
import type { StepGraph } from '../../compute/driver'
import { graph, input } from '../../compute/graph'
import { add, gatherRows, scale } from '../../compute/ops'
import { contraction } from '../../models/contract'
import { batchMean, objectiveOf, reconstructionLoss, type Batch } from '../../models/loss'
import { filterNames, weightInputs } from '../../models/parameters'
import { corrupted, corruptionDraw, type Corruption, type Corruptions } from './corruption'
import { directionsOf } from './directions'
import type { Draw } from './draws'
import { update } from './optimizers'

export interface Step {
  graph: StepGraph
  /** Shapes of the optimiser's carried arrays, which start from zero. */
  memory: Record<string, readonly number[]>
  /** Random numbers to feed to per-step inputs of their purposes' names. */
  draws: readonly Draw[]
}

/**
 * One step of training a model: J = mean (½‖r - clean‖² + λ‖∂h/∂y‖²) of a batch out of the n examples, and the update of
 * its weights. The contraction is taken where the encoder is: at the corrupted images. Per-step inputs: `rows` int32 [B],
 * the draws, `rate`. Returns `loss` a step: the reconstruction's part, which is what validation and evaluation give too.
 */
export function reconstructionStep(
  description: ModelDescription,
  { optimizer, model, contraction: penalty }: Pick<RunSpec, 'optimizer' | 'model' | 'contraction'>,
  corruptions: Corruptions,
  n: number,
  batchSize: number,
): Step {
  const rows = input('rows', [batchSize], 'int32')
  const draws: Draw[] = []
  const images = (name: 'x' | 'y', pixels: number, corruption: Corruption | null) => {
    const clean = gatherRows(input(name, [n, pixels]), rows)
    const purpose = name === 'x' ? 'corruptX' : 'corruptY'
    if (corruption !== null) draws.push(corruptionDraw(corruption, purpose, [batchSize, pixels]))
    return { clean, seen: corrupted(clean, corruption, purpose) }
  }
  const batch: Batch = {
    x: images('x', description.inputs, corruptions.x),
    y: description.targets === null ? null : images('y', description.targets, corruptions.y),
  }
  const weights = weightInputs(description)
  const objective = objectiveOf(model)
  const loss = batchMean(reconstructionLoss(description, weights, batch, objective))
  let minimised = loss
  if (penalty.weight > 0) {
    const sampled = penalty.estimate === 'sampled' ? directionsOf(description, objective, batchSize) : null
    draws.push(...(sampled?.draws ?? []))
    const images = { x: batch.x.seen, y: batch.y?.seen ?? null }
    const contracted = contraction(description, weights, images, objective, sampled?.nodes ?? null)
    minimised = add(loss, scale(batchMean(contracted), penalty.weight))
  }
  const { outputs, memory } = update(optimizer, minimised, weights, input('rate', []), filterNames(description))
  return {
    graph: {
      state: Object.keys(outputs),
      data: description.targets === null ? ['x'] : ['x', 'y'],
      perStep: ['rows', ...draws.map(({ purpose }) => purpose), 'rate'],
      graph: graph({ ...outputs, loss }),
    },
    memory,
    draws,
  }
}
