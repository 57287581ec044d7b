import { computed } from 'vue'
import { useQuery, useQueryInteger, useQueryList } from '../../composables/useQuery'
import { useRunsStore } from '../../stores/runs'

const imageKey = (key: string) =>
  useQuery<string | null>(
    key,
    (text) => (text !== null && /^[0-9a-f]{64}$/.test(text) ? text : null),
    (value) => value,
  )

/** The pair, the runs that score it, the class and the magnification: all in the route. */
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

  const x = imageKey('x')
  const y = imageKey('y')
  return {
    runs,
    /** Whether the route names runs. */
    named: computed(() => named.value.length > 0),
    x,
    y,
    modelClass: useQueryInteger('class', 0, 9_999),
    zoom: useQueryInteger('zoom', 4, 32),
    swap: () => {
      const [oldX, oldY] = [x.value, y.value]
      x.value = oldY
      y.value = oldX
    },
  }
}
