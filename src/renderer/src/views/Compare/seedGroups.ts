import type { Compared, ComparedReference } from '../../../../shared/comparing'
import { identityOf } from '../../../../shared/spec/identity'

/** What a link says of an item, by whole ids. */
export const referenceOf = (item: Compared): ComparedReference => ({
  group: item.isGroup,
  runs: item.runs.map(({ id }) => id),
})

/** What an item is of: its spec without seeds; null of a group of several. */
function specOf({ runs }: Compared): string | null {
  const specs = new Set(runs.map(({ spec, datasetInfo }) => identityOf(spec, datasetInfo)))
  return specs.size === 1 ? ([...specs][0] ?? null) : null
}

/**
 * The items with the runs of one spec as one group, at the place of the first.
 * @returns null where no two are of one spec
 */
export function groupedBySpec(items: readonly Compared[]): ComparedReference[] | null {
  const groups = new Map<string, ComparedReference[]>()
  for (const item of items) {
    const key = specOf(item) ?? item.id
    groups.set(key, [...(groups.get(key) ?? []), referenceOf(item)])
  }
  if (groups.size === items.length) return null
  return [...groups.values()].map((same) =>
    same.length === 1 && same[0] !== undefined
      ? same[0]
      : { group: true, runs: [...new Set(same.flatMap(({ runs }) => runs))] },
  )
}

/** The items with the runs of a group one by one in its place, but those that stand beside it already. */
export function ungrouped(items: readonly Compared[], group: Compared): ComparedReference[] {
  const beside = new Set(items.filter(({ isGroup }) => !isGroup).map(({ id }) => id))
  const apart = group.runs.filter(({ id }) => !beside.has(id)).map(({ id }) => ({ group: false, runs: [id] }))
  return items.flatMap((item) => (item === group ? apart : [referenceOf(item)]))
}
