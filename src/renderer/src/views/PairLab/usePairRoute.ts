import { computed } from 'vue'
import { useQuery, useQueryImage, useQueryInteger, useQueryList } from '../../composables/useQuery'
import { useRunsStore } from '../../stores/runs'
import { formatView, parseView } from './viewQuery'

export const pairTabs = ['pair', 'batch'] as const
export type PairTab = (typeof pairTabs)[number]

/** The pair, how its images are looked at, the runs that score it, the list of pairs: all in the route. */
export function usePairRoute() {
  const store = useRunsStore()
  const named = useQueryList('runs')
  const one = useQueryList('run')

  /** Finished runs that the route names, else the newest finished run. */
  const runs = computed<readonly string[]>({
    get: () => {
      const known = [...named.value, ...one.value].filter((id) => store.byId(id)?.status === 'done')
      if (known.length > 0) return [...new Set(known)]
      return store.newestDone === null ? [] : [store.newestDone.id]
    },
    set: (ids) => {
      one.value = []
      named.value = ids
    },
  })

  const [x, y] = [useQueryImage('x'), useQueryImage('y')]
  const [viewX, viewY] = [useQuery('vx', parseView, formatView), useQuery('vy', parseView, formatView)]
  return {
    runs,
    /** Whether the route names runs. */
    named: computed(() => named.value.length > 0),
    tab: useQuery<PairTab>(
      'tab',
      (text) => pairTabs.find((tab) => tab === text) ?? 'pair',
      (tab) => (tab === 'pair' ? null : tab),
    ),
    batch: useQuery<string | null>(
      'batch',
      (text) => (text !== null && /^[0-9a-f]{12}$/.test(text) ? text : null),
      (value) => value,
    ),
    x,
    y,
    views: { x: viewX, y: viewY },
    modelClass: useQueryInteger('class', 0, 9_999),
    zoom: useQueryInteger('zoom', 4, 32),
    swap: () => {
      const before = { x: x.value, y: y.value, viewX: viewX.value, viewY: viewY.value }
      x.value = before.y
      y.value = before.x
      viewX.value = before.viewY
      viewY.value = before.viewX
    },
  }
}
