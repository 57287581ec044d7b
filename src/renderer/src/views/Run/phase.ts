import type { Progress, RunDetail } from '../../../../shared/runs'
import { className } from '../../charts/lossCurves'

/** What a run is doing, in words: "class tall (1 of 2), epoch 12 of 100". */
export function phaseText(progress: Progress, classes: readonly string[] | null): string {
  const epochs = `epoch ${progress.epoch} of ${progress.epochs}`
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

/** The command line's twin of a run: the same spec, device and name. */
export function cliCommand(run: Pick<RunDetail, 'spec' | 'name' | 'requestedDevice'>): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  const spec = JSON.stringify(run.spec, null, 2)
  const device = run.requestedDevice === 'auto' ? '' : ` --device ${run.requestedDevice}`
  return `npx gae-workbench train /dev/stdin --name ${quote(run.name)}${device} <<'SPEC'\n${spec}\nSPEC`
}
