import { WorkbenchError } from '../../shared/errors'
import { same } from '../../shared/spec/paths'
import type { SweepSpec } from '../../shared/sweeps'

/**
 * What a sweep of the same name becomes: the same one where the spec says the same, the same one with more runs where only
 * `runs` or `seeds` have grown.
 * @param before as it is kept; both with their resolved base
 * @returns the spec to keep; null where nothing changes
 * @throws SWEEP_CHANGED
 */
export function grown(name: string, before: SweepSpec, now: SweepSpec): SweepSpec | null {
  const changed = (['base', 'dataset', 'axes', 'method', 'seed', 'halving'] as const).filter(
    (key) => !same(before[key] ?? null, now[key] ?? null),
  )
  const refuse = (message: string, remedy: string) =>
    new WorkbenchError('SWEEP_CHANGED', message, { where: name, remedy })
  if (changed.length > 0) {
    throw refuse(
      `A sweep of this name has another ${changed.join(', ')}`,
      'Give the new one another name; only runs and seeds of a sweep may grow.',
    )
  }
  const lost = (before.seeds ?? []).filter((seed) => !now.seeds?.includes(seed))
  if (lost.length > 0) {
    throw refuse(`The sweep has the seeds ${lost.join(', ')} too`, 'Seeds are added, not taken away: list them all.')
  }
  const [had, wants] = [before.runs ?? Infinity, now.runs ?? Infinity]
  if (wants < had && before.runs !== undefined) {
    throw refuse(`The sweep has ${had} settings already`, `Set runs to ${had} or more.`)
  }
  const seeds = [...(before.seeds ?? []), ...(now.seeds ?? []).filter((seed) => !before.seeds?.includes(seed))]
  const next: SweepSpec = { ...before, seeds, runs: before.runs === undefined ? undefined : now.runs }
  if (same(next, before)) return null
  if (before.halving !== null) {
    throw refuse(
      'How many settings of a halving go on was written before its first run',
      'Give the larger one another name.',
    )
  }
  return next
}
