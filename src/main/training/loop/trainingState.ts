import { WorkbenchError } from '../../../shared/errors'
import type { TrainingMetadata } from '../../../shared/model'
import { sizeOf, type Shape } from '../../compute/shapes'
import { float32, type Tensor, type Tensors } from '../../compute/tensor'
import { readCheckpoint, type Checkpoint } from '../../saved/checkpoint'

/** What decides which weights are best: compared number by number, the lower the better. */
export type StopScore = readonly number[]

/** Where a training stands at the end of an epoch: all that it needs to go on as if it had never stopped. */
export interface TrainingState {
  /** Finished epochs. */
  epoch: number
  /** Finished steps. */
  step: number
  /** Everything that is carried from step to step: parameters and the optimiser's memory. */
  carried: Tensors
  /** Null without early stopping, and before the first epoch. */
  best: { stopScore: StopScore; parameters: Tensors } | null
  /** Epochs since the best one. */
  patienceUsed: number
  /** Seconds of work up to here. */
  seconds: number
}

/** A training that has not begun: the optimiser remembers nothing. */
export function freshState(parameters: Tensors, memory: Readonly<Record<string, Shape>>): TrainingState {
  const zeros = Object.entries(memory).map(([name, shape]): [string, Tensor] => {
    return [name, float32(new Float32Array(sizeOf(shape)), shape)]
  })
  const carried = { ...parameters, ...Object.fromEntries(zeros) }
  return { epoch: 0, step: 0, carried, best: null, patienceUsed: 0, seconds: 0 }
}

/** The parameters to keep: the best ones with early stopping, else the last ones. */
export const chosenParameters = ({ best, carried }: TrainingState, names: readonly string[]): Record<string, Tensor> =>
  pick(best === null ? carried : best.parameters, names)

export const pick = (tensors: Tensors, names: readonly string[]): Record<string, Tensor> =>
  Object.fromEntries(names.map((name) => [name, tensors[name]]))

export function describeState(
  { epoch, step, best, patienceUsed, seconds }: TrainingState,
  phase: TrainingMetadata['phase'],
  modelClass: number | null,
  final: boolean,
): Omit<TrainingMetadata, 'range'> {
  const stopScore = best === null ? null : [...best.stopScore]
  return { phase, class: modelClass, epoch, step, best: stopScore, patienceUsed, seconds, final }
}

/**
 * A training to go on with.
 * @param parametersOf the checkpoint's weights under the names that the step graph has for them
 * @throws NOT_RESUMABLE
 */
export async function resumedState(
  path: string,
  parametersOf: (checkpoint: Checkpoint) => Tensors,
): Promise<TrainingState & { checkpoint: Checkpoint }> {
  const checkpoint = await readCheckpoint(path)
  const { training, carried } = checkpoint
  // One that is finished has more to go on with only where a longer training was foreseen.
  if (training === null || (training.final && Object.keys(carried).length === 0)) {
    throw new WorkbenchError('NOT_RESUMABLE', 'The checkpoint holds no training to go on with', {
      where: path,
      remedy: 'Train again.',
      exit: 1,
    })
  }
  const { epoch, step, patienceUsed, seconds } = training
  const best = training.best === null ? null : { stopScore: training.best, parameters: parametersOf(checkpoint) }
  return { epoch, step, carried, best, patienceUsed, seconds, checkpoint }
}
