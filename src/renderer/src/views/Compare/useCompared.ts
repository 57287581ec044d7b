import { computed, onScopeDispose, shallowReactive, watch } from 'vue'
import {
  formatCompared,
  formatReference,
  mostCompared,
  parseCompared,
  type Compared,
  type ComparedReference,
} from '../../../../shared/comparing'
import type { RunSummary } from '../../../../shared/runs'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { useQueryText } from '../../composables/useQuery'
import { useEventsStore } from '../../stores/events'

/** What the route compares: its runs and groups, with what events told of them since. */
export function useCompared() {
  const text = useQueryText('runs')
  const references = computed<readonly ComparedReference[]>({
    get: () => parseCompared(text.value),
    set: (next) => (text.value = formatCompared(next)),
  })
  const tooMany = computed(() => references.value.length > mostCompared)
  const answer = useLoad(
    () => (references.value.length === 0 || tooMany.value ? null : [...references.value]),
    (items) => api.compare.items.query({ items }),
  )

  const told = shallowReactive(new Map<string, RunSummary>())
  const ids = computed(() => new Set(answer.data.value?.items.flatMap(({ runs }) => runs.map(({ id }) => id))))
  // What was loaded is newer than what was told before.
  watch(answer.data, () => told.clear())
  onScopeDispose(
    useEventsStore().onEvent((event) => {
      if (event.type !== 'run' || !ids.value.has(event.run.id)) return
      const before = told.get(event.run.id) ?? runOf(event.run.id)
      told.set(event.run.id, event.run)
      // Its results come with the change of status.
      if (before?.status !== event.run.status) void answer.reload()
    }),
  )
  const runOf = (id: string) => answer.data.value?.items.flatMap(({ runs }) => runs).find((run) => run.id === id)
  const named = computed(() => new Set(references.value.map(formatReference)))
  /** What was taken away goes at once, before the answer without it is there. */
  const answered = computed(() => answer.data.value?.items.filter(({ reference }) => named.value.has(reference)) ?? [])
  const items = computed<readonly Compared[]>(() =>
    answered.value.map((item) =>
      item.runs.some(({ id }) => told.has(id))
        ? { ...item, runs: item.runs.map((run) => ({ ...run, ...told.get(run.id) })) }
        : item,
    ),
  )

  return {
    references,
    tooMany,
    items,
    faults: computed(() => answer.data.value?.faults ?? []),
    loading: answer.loading,
    error: answer.error,
    reload: answer.reload,
  }
}
