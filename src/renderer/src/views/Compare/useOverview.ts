import { computed } from 'vue'
import { parseCompared, type Compared } from '../../../../shared/comparing'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { reached } from './reached'

/** What is set and what was reached, again as soon as a run has another status or another figure. */
export function useOverview(items: () => readonly Compared[]) {
  const loaded = useLoad(
    () => reached(items()),
    () => api.compare.overview.query({ items: items().flatMap(({ id }) => parseCompared(id)) }),
  )
  return {
    ...loaded,
    /** Items that the answer is of: others have come or gone since it was asked for. */
    shown: computed(() => items().filter(({ id }) => loaded.data.value?.items.includes(id))),
    /** The place of an item's cells in the answer. */
    placeOf: ({ id }: Compared): number => loaded.data.value?.items.indexOf(id) ?? -1,
  }
}
