import { computed, watch, type Ref } from 'vue'
import type { RunDetail } from '../../../../shared/runs'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { useMetricsStore } from '../../stores/metrics'
import { useRunsStore } from '../../stores/runs'

/** One run, by id, a unique prefix of one, or a unique name: its details with what events told since, curves, results. */
export function useRun(reference: Ref<string>) {
  const runs = useRunsStore()
  const metricsStore = useMetricsStore()

  const detail = useLoad(reference, (run) => api.runs.get.query({ run }))
  const id = computed(() => detail.data.value?.id ?? null)
  const live = computed(() => (id.value === null ? null : runs.byId(id.value)))
  const run = computed<RunDetail | null>(() => {
    if (detail.data.value === null) return null
    return live.value === null ? detail.data.value : { ...detail.data.value, ...live.value }
  })
  const evaluated = useLoad(id, async (of) => ({ of, list: await api.runs.results.query({ run: of }) }))
  const results = {
    ...evaluated,
    // Those of the run before stay until the next ones come: they are not this run's.
    data: computed(() => (evaluated.data.value?.of === id.value ? evaluated.data.value.list : null)),
  }

  watch(id, (of) => of !== null && void metricsStore.load(of), { immediate: true })
  // Results, checkpoint and log come with the change of status; the event carries the summary alone.
  watch([() => live.value?.status, () => live.value?.test?.error, () => live.value?.test?.loss], (_, [before]) => {
    if (id.value === null || before === undefined) return
    void detail.reload()
    void results.reload()
  })

  return {
    run,
    loading: detail.loading,
    error: detail.error,
    reload: detail.reload,
    metrics: computed(() => (id.value === null ? [] : metricsStore.of(id.value))),
    metricsError: computed(() => (id.value === null ? null : metricsStore.errorOf(id.value))),
    results,
    progress: computed(() => (run.value === null ? null : runs.progressOf(run.value))),
    classes: computed(() => run.value?.datasetInfo?.classes ?? null),
  }
}
