import type { EnergyKind, ModelDescription } from '../../../shared/model'
import type { ClassifierSpec } from '../../../shared/spec/schema'
import { graph, input } from '../../compute/graph'
import { gatherRows } from '../../compute/ops'
import { classScores, classTerms, crossEntropy } from '../../models/classifier'
import { batchMean } from '../../models/loss'
import { weightInputs } from '../../models/parameters'
import { corrupted, corruptionDraw, type Corruption } from './corruption'
import { update } from './optimizers'
import type { Step } from './reconstructionStep'
import { classPrefix } from '../../models/termEvaluation'

type FinetuneSpec = Pick<ClassifierSpec, 'learningRate' | 'schedule' | 'weightDecay'>

/** How all weights are fine-tuned: by Adam. */
export const finetuneRule = ({ learningRate, schedule, weightDecay }: FinetuneSpec) =>
  ({ kind: 'adam', schedule, momentum: 0, maxNorm: null, learningRate, weightDecay }) as const

/**
 * One step of training a classifier as a whole: cross-entropy of a corrupted batch through the energies of all classes,
 * whose models are unrolled; every weight and B is updated, the scales stay. Per-step inputs: `rows` int32 [B], the draws
 * of the corruption, `rate`. Returns `loss` a step.
 */
export function finetuneStep(
  description: ModelDescription,
  energy: EnergyKind,
  classes: number,
  spec: FinetuneSpec,
  corruption: Corruption | null,
  n: number,
  batchSize: number,
): Step {
  const rows = input('rows', [batchSize], 'int32')
  const clean = gatherRows(input('x', [n, description.inputs]), rows)
  const draws = corruption === null ? [] : [corruptionDraw(corruption, 'corruptX', [batchSize, description.inputs])]
  const x = corrupted(clean, corruption, 'corruptX')
  const models = Array.from({ length: classes }, (_, index) => weightInputs(description, classPrefix(index)))
  const B = input('B', [classes])
  const coefficients = { B, aM: input('aM', [classes]), aC: input('aC', [classes]), aB: input('aB', [classes]) }
  const scores = classScores(classTerms(description, models, x, energy), coefficients)
  const loss = batchMean(crossEntropy(scores, gatherRows(input('oneHot', [n, classes]), rows)))
  const prefixed = models.flatMap((weights, index) =>
    Object.entries(weights).map(([name, node]) => [`${classPrefix(index)}${name}`, node] as const),
  )
  const { outputs, memory } = update(
    finetuneRule(spec),
    loss,
    { ...Object.fromEntries(prefixed), B },
    input('rate', []),
  )
  const scales = [
    'aB',
    ...(description.hidden === null ? [] : ['aM']),
    ...(description.mappings === null ? [] : ['aC']),
  ]
  return {
    graph: {
      state: Object.keys(outputs),
      data: ['x', 'oneHot', ...scales],
      perStep: ['rows', ...draws.map(({ purpose }) => purpose), 'rate'],
      graph: graph({ ...outputs, loss }),
    },
    memory,
    draws,
  }
}
