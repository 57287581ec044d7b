import type { Phase } from '../../shared/runs'
import type { CheckpointInfo } from '../../shared/trainer'
import type { RunSpec } from '../../shared/spec/schema'
import { modelKinds } from '../models/kinds/registry'

export interface PretrainTask {
  task: 'pretrain'
  class: number | null
  resumeFrom: string | null
}

export interface RunPlan {
  /** Whether what whitening learns of the training images is still missing. */
  whiten: boolean
  /** Models still to train; the others have a final checkpoint. */
  pretrain: PretrainTask[]
  /** One more training on top of the models, for classifiers that have not finished it. */
  fit: { resumeFrom: string | null } | null
}

/** Classes whose models a run trains: 0..C-1, or one model of all data (null). */
export const modelClasses = (spec: RunSpec, classCount: number | null): (number | null)[] =>
  spec.classifier === undefined ? [null] : Array.from({ length: classCount ?? 0 }, (_, index) => index)

const find = (checkpoints: readonly CheckpointInfo[], phase: Phase, modelClass: number | null) =>
  checkpoints.find((checkpoint) => checkpoint.phase === phase && checkpoint.class === modelClass)

/** What is left to do of a run, given the checkpoints that it has. */
export function planRun(spec: RunSpec, classCount: number | null, checkpoints: readonly CheckpointInfo[]): RunPlan {
  const stages = modelKinds[spec.model.kind].stages(spec)
  const models = stages.includes('pretrain') ? modelClasses(spec, classCount) : []
  const pretrain = models.flatMap((modelClass): PretrainTask[] => {
    const checkpoint = find(checkpoints, 'pretrain', modelClass)
    if (checkpoint?.final) return []
    return [{ task: 'pretrain', class: modelClass, resumeFrom: checkpoint?.path ?? null }]
  })
  const whiten = spec.preprocess.whiten && whiteningOf(checkpoints) === null
  if (!stages.includes('fit')) return { whiten, pretrain, fit: null }
  const fit = find(checkpoints, 'fit', null)
  return { whiten, pretrain, fit: fit?.final ? null : { resumeFrom: fit?.path ?? null } }
}

/** File of the run's whitening; null where it has none (yet). */
export const whiteningOf = (checkpoints: readonly CheckpointInfo[]): string | null =>
  find(checkpoints, 'whiten', null)?.path ?? null

/** The checkpoint to score and evaluate with: the classifier's, or the one model's; null before it is finished. */
export function finalCheckpoint(spec: RunSpec, checkpoints: readonly CheckpointInfo[]): CheckpointInfo | null {
  const last = modelKinds[spec.model.kind].stages(spec).at(-1)
  const checkpoint = last && find(checkpoints, last, null)
  return checkpoint?.final ? checkpoint : null
}

/**
 * Threads that train one model: one for each model of a classifier, all cores for a model alone. It depends on the spec,
 * not on what is left to do: sums of another number of threads differ in their last digits, and a resume with one class
 * left would end at other figures than the undisturbed run.
 */
export const threadsOfModel = (spec: RunSpec, cores: number): number => (spec.classifier === undefined ? cores : 1)
