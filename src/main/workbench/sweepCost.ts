import type { RunSpec } from '../../shared/spec/schema'
import type { SweepCost } from '../../shared/sweeps'
import type { FinishedRow } from '../store/queue'
import { JobTimes } from './jobTimes'
import { finishTimes, lastOf } from './schedule'

/**
 * How long runs will take that are not made yet, one thread each, as many at once as there are slots; by finished runs like
 * them, with one thread first, else with any.
 * @param train training images
 */
export function costOf(
  specs: readonly RunSpec[],
  train: number,
  finished: readonly FinishedRow[],
  slots: number,
): SweepCost {
  const held = new JobTimes(
    finished.filter(({ threads }) => threads === 1),
    [],
  )
  const any = new JobTimes(
    finished.map((row) => ({ ...row, threads: 1 })),
    [],
  )
  const runs = specs.map((spec, at) => {
    const row = { id: `run ${at}`, spec: JSON.stringify(spec), train, threads: 1, seconds: 0 }
    return { run: row.id, width: 1, seconds: held.whole(row) ?? any.whole(row) }
  })
  const unknown = runs.filter(({ seconds }) => seconds === null).length
  return { seconds: lastOf(finishTimes([], runs, slots)), slots, unknown }
}
