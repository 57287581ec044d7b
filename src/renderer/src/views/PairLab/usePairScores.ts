import { takesPairs } from '../../../../shared/kinds'
import { computed, onScopeDispose, shallowReactive, watch, type Ref } from 'vue'
import type { ErrorData } from '../../../../shared/errors'
import type { RunSummary } from '../../../../shared/runs'
import type { PairScoreResponse } from '../../../../shared/scores'
import type { ViewOptions } from '../../../../shared/views'
import { api } from '../../api/client'
import { errorData } from '../../api/errorData'
import { useBusy } from '../../composables/useBusy'
import { useEventsStore } from '../../stores/events'

export interface RunScore {
  scores: PairScoreResponse | null
  error: ErrorData | null
  loading: boolean
}

const nothing: RunScore = { scores: null, error: null, loading: false }

export interface PairOfRoute {
  runs: readonly RunSummary[]
  x: string | null
  y: string | null
  modelClass: number | null
  view: { x: ViewOptions; y: ViewOptions }
}

/** Scores of the pair under every chosen run; a run's last answer stays while the next is on its way. */
export function usePairScores(pair: Ref<PairOfRoute>) {
  const ofRun = shallowReactive(new Map<string, RunScore>())
  const asked = new Map<string, string>()

  async function score(run: RunSummary, again: boolean): Promise<void> {
    const { x, y, modelClass, view } = pair.value
    const needsY = takesPairs(run.kind)
    if (x === null || (needsY && y === null)) {
      asked.delete(run.id)
      ofRun.delete(run.id)
      return
    }
    const request = { run: run.id, x, y: needsY ? y : null, class: run.classifier ? modelClass : null, view }
    const key = JSON.stringify(request)
    if (asked.get(run.id) === key && !again) return
    asked.set(run.id, key)
    ofRun.set(run.id, { ...(ofRun.get(run.id) ?? nothing), loading: true })
    const answer = await api.pairs.score.query(request).then(
      (scores): RunScore => ({ scores, error: null, loading: false }),
      (failure): RunScore => ({ scores: null, error: errorData(failure), loading: false }),
    )
    if (asked.get(run.id) === key) ofRun.set(run.id, answer)
  }

  function scoreAll(again: boolean): void {
    const { runs } = pair.value
    for (const id of ofRun.keys()) {
      if (runs.some((run) => run.id === id)) continue
      ofRun.delete(id)
      asked.delete(id)
    }
    for (const run of runs) void score(run, again)
  }

  watch(pair, () => scoreAll(false), { immediate: true })
  const events = useEventsStore()
  let first = true
  onScopeDispose(
    events.onConnected(() => {
      if (!first) scoreAll(true)
      first = false
    }),
  )
  useBusy(computed(() => [...ofRun.values()].some(({ loading }) => loading)))

  return { of: (run: string): RunScore => ofRun.get(run) ?? nothing, retry: () => scoreAll(true) }
}
