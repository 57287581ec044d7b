import { useDebounceFn } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { ErrorData } from '../../../../shared/errors'
import type { SweepSummary } from '../../../../shared/sweeps'
import { api } from '../../api/client'
import { errorData } from '../../api/errorData'
import { useEventsStore } from '../../stores/events'

/** Runs of a sweep end in quick succession: the list is read once for many of them. */
const readMilliseconds = 300
const latestMilliseconds = 2000

/** All sweeps, newest first, kept up to date while their runs work. */
export function useSweeps() {
  const list = shallowRef<SweepSummary[] | null>(null)
  const error = ref<ErrorData | null>(null)
  /** Counts what changed, for those who show a list of runs. */
  const turn = ref(0)

  async function load(): Promise<void> {
    const mine = ++turn.value
    try {
      const value = await api.sweeps.list.query()
      if (mine !== turn.value) return
      list.value = value
      error.value = null
    } catch (failure) {
      error.value = errorData(failure)
    }
  }

  const loadSoon = useDebounceFn(load, readMilliseconds, { maxWait: latestMilliseconds })
  const events = useEventsStore()
  onScopeDispose(events.onConnected(() => void load()))
  onScopeDispose(events.onEvent((event) => event.type === 'run' && event.run.sweep !== null && void loadSoon()))
  return { list, error, turn, load }
}
