import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { ModelKind } from '../../../../../shared/kinds'
import type { BatchEvent, BatchPair, BatchScore, BatchScoreRequest } from '../../../../../shared/batches'
import type { ErrorData } from '../../../../../shared/errors'
import { api } from '../../../api/client'
import { errorData } from '../../../api/errorData'
import { useBusy } from '../../../composables/useBusy'

/** One row of a list as it is shown: waiting, scored, or refused with its reason. */
export interface BatchRow {
  row: number
  pair: BatchPair
  score: BatchScore | null
  error: ErrorData | null
}

export interface BatchInfo {
  name: string
  kind: ModelKind
  classes: string[] | null
  datasetHash: string
}

/** scoring: rows come in; comparing: gains come in. */
export type BatchPhase = 'idle' | 'scoring' | 'comparing' | 'done' | 'stopped'

/** Follows the scoring of a list; leaving stops it, and what is scored is kept. A null request follows nothing. */
export function useBatchScores(request: Ref<BatchScoreRequest | null>) {
  const rows = shallowRef<readonly BatchRow[]>([])
  const info = shallowRef<BatchInfo | null>(null)
  const phase = ref<BatchPhase>('idle')
  const error = shallowRef<ErrorData | null>(null)
  let stop = () => {}
  useBusy(computed(() => phase.value === 'scoring' || phase.value === 'comparing'))

  function take(event: BatchEvent): void {
    if (event.type === 'batch') {
      const { name, pairs, kind, classes, datasetHash } = event
      info.value = { name, kind, classes, datasetHash }
      rows.value = pairs.map((pair, row) => ({ row, pair, score: null, error: null }))
      return
    }
    const next = [...rows.value]
    if (event.type === 'scores') {
      for (const score of event.scores) next[score.row] = { ...next[score.row], score, error: null }
      for (const { row, error: reason } of event.errors) next[row] = { ...next[row], error: reason }
    } else {
      phase.value = 'comparing'
      event.rows.forEach((row, at) => {
        const known = next[row]
        if (known.score !== null) next[row] = { ...known, score: { ...known.score, gain: event.gains[at] } }
      })
    }
    rows.value = next
  }

  function follow(): void {
    stop()
    error.value = null
    if (request.value === null) {
      rows.value = []
      info.value = null
      phase.value = 'idle'
      return
    }
    phase.value = 'scoring'
    const subscription = api.batches.score.subscribe(request.value, {
      onData: take,
      onComplete: () => (phase.value = 'done'),
      onError: (failure) => {
        error.value = errorData(failure)
        phase.value = 'stopped'
      },
    })
    stop = () => subscription.unsubscribe()
  }

  watch(() => JSON.stringify(request.value), follow, { immediate: true })
  onScopeDispose(() => stop())

  const settled = computed(
    () => rows.value.filter(({ score, error: reason }) => score !== null || reason !== null).length,
  )
  const refused = computed(() => rows.value.filter(({ error: reason }) => reason !== null).length)

  return {
    rows,
    info,
    phase,
    error,
    settled,
    refused,
    /** Stops scoring; what is there stays. */
    cancel: () => {
      stop()
      phase.value = 'stopped'
    },
    /** Scores what is still to be scored. */
    resume: follow,
  }
}
