import { takesPairs } from '../../../../shared/kinds'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Dataset, SplitName } from '../../../../shared/datasets'
import type { ErrorData } from '../../../../shared/errors'
import { api } from '../../api/client'
import { errorData } from '../../api/errorData'
import { useSlotImage } from '../../composables/useSlotImage'
import { useDatasetsStore } from '../../stores/datasets'
import { useRunsStore } from '../../stores/runs'
import { sortGiven } from './batch/pairFiles'
import { useBatchUpload } from './batch/useBatchUpload'
import type { DatasetImage } from '../../components/images/datasetImages'
import { usePairRoute } from './usePairRoute'
import { usePairScores } from './usePairScores'

/** The Pair lab's state: what is in the slots, who scores it, and where files go that are given. */
export function usePairLab() {
  const store = useRunsStore()
  const datasets = useDatasetsStore()
  const route = usePairRoute()
  const { runs: runIds, x: shaX, y: shaY, views, modelClass } = route
  const slots = { x: useSlotImage(shaX), y: useSlotImage(shaY) }
  const upload = useBatchUpload()

  const finished = computed(() => store.list.filter((run) => run.status === 'done'))
  /** Named runs that are in the bin still score: a link outlives the tidying. */
  const runs = computed(() => runIds.value.flatMap((id) => store.byId(id) ?? []))
  const needsY = computed(() => runs.value.some((run) => takesPairs(run.kind)))
  const pair = computed(() => ({
    runs: runs.value,
    x: shaX.value,
    y: shaY.value,
    modelClass: modelClass.value,
    view: { x: views.x.value, y: views.y.value },
  }))
  const scores = usePairScores(pair)
  const answers = computed(() => runs.value.flatMap((run) => scores.of(run.id).scores ?? []))

  const classifier = computed(() => runs.value.find((run) => run.classifier) ?? null)
  const classes = computed(() => {
    if (classifier.value === null) return null
    return scores.of(classifier.value.id).scores?.classes ?? datasets.find(classifier.value.dataset)?.classes ?? null
  })

  /** The runs of a scored pair belong to its link, so that it shows the same tomorrow. */
  watch([shaX, runIds, route.named], ([image, ids, named]) => {
    if (image !== null && ids.length > 0 && !named) runIds.value = ids
  })

  /** Why files that were given came to nothing. */
  const refused = shallowRef<ErrorData | null>(null)
  const sorting = ref(false)

  /** One or two images fill the slots; more, or a list, are a batch. @param which the slot that a single image is for */
  async function give(files: readonly File[], which: 'x' | 'y'): Promise<void> {
    refused.value = null
    sorting.value = true
    try {
      const given = await sortGiven(files, needsY.value)
      if (given === null) return
      if (given.kind === 'list') {
        route.tab.value = 'batch'
        route.batch.value = await upload.send(given)
        return
      }
      route.tab.value = 'pair'
      const put = async (slot: 'x' | 'y', file: File) =>
        slots[slot].put(file.name, new Uint8Array(await file.arrayBuffer()))
      if (given.y === null) await put(which, given.x)
      else await Promise.all([put('x', given.x), put('y', given.y)])
    } catch (failure) {
      refused.value = errorData(failure)
    } finally {
      sorting.value = false
    }
  }

  /** An image of a dataset into a slot; a pair into both. */
  async function take(which: 'x' | 'y', dataset: Dataset, split: SplitName, { index }: DatasetImage): Promise<void> {
    refused.value = null
    try {
      const { x, y } = await api.images.take.mutate({ dataset: dataset.id, split, index })
      if (y !== null && needsY.value) {
        shaX.value = x.sha256
        shaY.value = y.sha256
      } else if (which === 'x') shaX.value = x.sha256
      else shaY.value = x.sha256
    } catch (failure) {
      refused.value = errorData(failure)
    }
  }

  function clear(): void {
    shaX.value = null
    shaY.value = null
  }

  return {
    route,
    slots,
    upload,
    finished,
    runs,
    needsY,
    scores,
    answers,
    classes,
    refused,
    sorting,
    give,
    take,
    clear,
  }
}

export type PairLab = ReturnType<typeof usePairLab>
