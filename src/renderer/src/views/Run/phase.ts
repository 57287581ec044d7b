import type { Progress, RunDetail } from '../../../../shared/runs'
import { className } from '../../charts/lossCurves'

/** What a run is doing, in words: "class tall (1 of 2), epoch 12 of 100". */
export function phaseText(progress: Progress, classes: readonly string[] | null): string {
  const epochs = `epoch ${progress.epoch} of ${progress.epochs}`
  if (progress.phase === 'whiten') return 'fitting the whitening to the training images'
  if (progress.phase === 'evaluate') return 'evaluating the splits'
  if (progress.phase === 'fit') return `fitting the classifier, ${epochs}`
  if (progress.class === null) return `training, ${epochs}`
  const count = classes === null ? '' : ` (${progress.class + 1} of ${classes.length})`
  return `training ${className(classes, progress.class).toLowerCase()}${count}, ${epochs}`
}

/** Tab shown where the route names none: what there is to see now. */
export function firstTab(run: Pick<RunDetail, 'status' | 'test'>): RunTab {
  return run.test !== null || run.status === 'done' ? 'results' : 'training'
}

export const runTabs = ['training', 'results', 'errors', 'spec', 'log'] as const
export type RunTab = (typeof runTabs)[number]
