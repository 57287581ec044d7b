import { computed, shallowRef, watch } from 'vue'
import { takesPairs } from '../../../../shared/kinds'
import type { ErrorData } from '../../../../shared/errors'
import { errorData } from '../../api/errorData'
import { useImagePair } from '../../composables/useImagePair'
import { useAppStore } from '../../stores/app'
import { useDatasetsStore } from '../../stores/datasets'
import { useRunsStore } from '../../stores/runs'
import { sortGiven } from './batch/pairFiles'
import { useBatchUpload } from './batch/useBatchUpload'
import { usePairRoute } from './usePairRoute'
import { usePairScores } from './usePairScores'

/** The Pair lab's state: what is in the slots, who scores it, and where files go that are given. */
export function usePairLab() {
  const store = useRunsStore()
  const datasets = useDatasetsStore()
  const route = usePairRoute()
  const { runs: runIds, x: shaX, y: shaY, views, modelClass } = route
  const upload = useBatchUpload()

  const finished = computed(() => store.list.filter((run) => run.status === 'done'))
  /** Named runs that are in the bin still score: a link outlives the tidying. */
  const runs = computed(() => runIds.value.flatMap((id) => store.byId(id) ?? []))
  const needsY = computed(() => runs.value.some((run) => takesPairs(run.kind)))
  const images = useImagePair(shaX, shaY, needsY)
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

  /** One or two images fill the slots; more, or a list, are a batch. @param which the slot that one image is for */
  async function give(files: readonly File[], which: 'x' | 'y' = images.free.value): Promise<void> {
    refused.value = null
    try {
      const given = await sortGiven(files, needsY.value)
      if (given === null) return
      route.tab.value = given.kind === 'list' ? 'batch' : 'pair'
      if (given.kind === 'list') route.batch.value = await upload.send(given)
      else await images.give(given.y === null ? [given.x] : [given.x, given.y], which)
    } catch (failure) {
      refused.value = errorData(failure)
      useAppStore().report(refused.value)
    }
  }

  return {
    route,
    slots: images.slots,
    upload,
    finished,
    runs,
    needsY,
    scores,
    answers,
    classes,
    refused,
    give,
    take: images.take,
    clear: () => [images.slots.x, images.slots.y].forEach((slot) => slot.clear()),
  }
}

export type PairLab = ReturnType<typeof usePairLab>
