import { computed } from 'vue'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { estimateSeconds, estimateText } from '../../specForm/estimate'
import { useDatasetsStore } from '../../stores/datasets'
import { useRunsStore } from '../../stores/runs'
import type { RunDraft } from './useDraft'

/** How many finished runs are looked at. */
const most = 8

/** What the run will cost, by the finished runs that are like it. */
export function useEstimate({ check, preset, textError }: RunDraft) {
  const runs = useRunsStore()
  const datasets = useDatasetsStore()

  const candidates = computed(() => {
    const spec = check.value.spec
    if (spec === null) return null
    return runs.list
      .filter(({ status, kind, classifier }) => {
        return status === 'done' && kind === spec.model.kind && classifier === (spec.classifier !== undefined)
      })
      .slice(0, most)
      .map(({ id }) => id)
      .join()
  })
  const { data } = useLoad(candidates, (ids) =>
    Promise.all(ids.split(',').flatMap((run) => (run === '' ? [] : [api.runs.get.query({ run })]))),
  )

  return computed(() => {
    const spec = check.value.spec
    if (spec === null || textError.value !== null) return 'no estimate: something is to be corrected'
    const train = datasets.find(spec.dataset)?.n.train ?? preset.value?.data?.train ?? 0
    return estimateText(estimateSeconds(spec, train, data.value ?? []))
  })
}
