import { WorkbenchError } from '../../../shared/errors'
import type { StepRunner } from '../../compute/driver'
import type { Tensors } from '../../compute/tensor'
import { breathe } from '../context'
import { Pace } from './pace'
import { pick, type StopScore, type TrainingState } from './trainingState'

export interface Validation {
  stopScore: StopScore
  loss: number
  error: number | null
}

export interface EpochTask {
  runner: StepRunner
  epochs: number
  stepsPerEpoch: number
  /** Size of what `feed` makes for one step. */
  bytesPerStep: number
  parameterNames: readonly string[]
  /** Epochs without a better stop score before the end; null: all epochs. */
  patience: number | null
  /** Told where the loss diverges. */
  learningRate: number
  /** Per-step inputs of `count` steps, from global step `first`, all of epoch `epoch` (counted from 0). */
  feed(first: number, count: number, epoch: number): Tensors
  /** The data of epoch `epoch` (counted from 0), where each has its own; else all have what the runner was made with. */
  freshData?(epoch: number): Promise<Tensors>
  /** Null where there is nothing to validate on. */
  validate(parameters: Tensors): Promise<Validation | null>
  onProgress(epoch: number, step: number, loss: number): void
  onEpoch(state: TrainingState, trainLoss: number, validation: Validation | null): void
  /** Keeps the state of a finished epoch on the disk. */
  onState(state: TrainingState): Promise<void>
  signal: AbortSignal
}

export const better = (a: StopScore, b: StopScore): boolean => {
  const at = a.findIndex((value, index) => value !== b[index])
  return at >= 0 && a[at] < b[at]
}

const finished = (task: EpochTask, state: TrainingState): boolean =>
  state.epoch >= task.epochs || (task.patience !== null && state.patienceUsed >= task.patience)

/**
 * Trains to the last epoch or until patience ends.
 * @throws Cancelled; the last finished epoch is kept
 * @throws DIVERGED where a loss is not finite; the last finished epoch is kept
 */
export async function trainEpochs(task: EpochTask, start: TrainingState): Promise<TrainingState> {
  const pace = new Pace(task.bytesPerStep)
  let state = start
  await task.runner.setState(state.carried)
  while (!finished(task, state)) {
    state = await trainEpoch(task, state, pace)
    await task.onState(state)
  }
  return state
}

async function trainEpoch(task: EpochTask, state: TrainingState, pace: Pace): Promise<TrainingState> {
  const { runner, stepsPerEpoch, parameterNames } = task
  const began = performance.now()
  const epoch = state.epoch + 1
  if (task.freshData !== undefined) await runner.setData(await task.freshData(state.epoch))
  let total = 0
  for (let done = 0; done < stepsPerEpoch;) {
    const count = pace.next(stepsPerEpoch - done)
    const chunkBegan = performance.now()
    const { loss } = await runner.run(count, task.feed(state.step + done, count, state.epoch))
    pace.took(count, (performance.now() - chunkBegan) / 1000)
    for (let at = 0; at < count; at++) {
      if (!Number.isFinite(loss[at]))
        throw diverged(task, 'Loss', loss[at], `epoch ${epoch}, batch ${done + at + 1}`, epoch)
      total += loss[at]
    }
    done += count
    task.onProgress(epoch, state.step + done, loss[count - 1])
    await breathe(task.signal)
  }
  const carried = await runner.getState()
  const parameters = pick(carried, parameterNames)
  const validation = await task.validate(parameters)
  if (validation !== null && !validation.stopScore.every(Number.isFinite)) {
    throw diverged(task, 'Validation loss', validation.loss, `epoch ${epoch}`, epoch)
  }
  const isBest =
    task.patience !== null &&
    validation !== null &&
    (state.best === null || better(validation.stopScore, state.best.stopScore))
  const next: TrainingState = {
    epoch,
    step: state.step + stepsPerEpoch,
    carried,
    best: isBest ? { stopScore: validation.stopScore, parameters } : state.best,
    patienceUsed: isBest ? 0 : state.patienceUsed + 1,
    seconds: state.seconds + (performance.now() - began) / 1000,
  }
  task.onEpoch(next, total / stepsPerEpoch, validation)
  return next
}

function diverged({ learningRate }: EpochTask, what: string, value: number, at: string, epoch: number): WorkbenchError {
  const kept = epoch > 1 ? `Epoch ${epoch - 1} is kept` : 'Nothing is kept'
  return new WorkbenchError('DIVERGED', `${what} is ${Number.isNaN(value) ? 'NaN' : 'infinite'} at ${at}`, {
    remedy: `${kept}: duplicate with a learning rate below ${learningRate}.`,
    exit: 1,
  })
}
