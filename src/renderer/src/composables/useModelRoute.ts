import { takesPairs } from '../../../shared/kinds'
import { computed } from 'vue'
import type { RunSummary } from '../../../shared/runs'
import { useDatasetsStore } from '../stores/datasets'
import { useRunsStore } from '../stores/runs'
import { useQueryImage, useQueryInteger, useQueryText } from './useQuery'

/** The model and the pair that a screen looks at, under the keys of the route that these screens share. */
export function useModelRoute() {
  const store = useRunsStore()
  const datasets = useDatasetsStore()
  const named = useQueryText('run')
  const modelClass = useQueryInteger('class', 0, 9_999)

  const finished = computed(() => store.list.filter((run) => run.status === 'done'))
  /** The run that the route names, else the newest finished one. */
  const run = computed<RunSummary | null>({
    get: () => {
      const known = store.byId(named.value)
      return known?.status === 'done' ? known : store.newestDone
    },
    set: (next) => {
      named.value = next?.id ?? ''
      modelClass.value = null
    },
  })
  /** Names of a classifier's classes; null where one model has learned from all images. */
  const classes = computed(() => {
    if (run.value === null || !run.value.classifier) return null
    return datasets.find(run.value.dataset)?.classes ?? null
  })
  /** Whether the run's dataset is here, if only in the bin (imported weights have none); null until that is known. */
  const hasData = computed<boolean | null>(() => {
    if (run.value === null || !(datasets.loaded || datasets.error)) return null
    const { dataset } = run.value
    return !datasets.loaded || [...datasets.list, ...datasets.bin].some(({ name }) => name === dataset)
  })
  return {
    finished,
    run,
    classes,
    hasData,
    modelClass,
    /** Models of pairs see two images, others one. */
    needsY: computed(() => run.value !== null && takesPairs(run.value.kind)),
    x: useQueryImage('x'),
    y: useQueryImage('y'),
  }
}
