import { onScopeDispose, ref, shallowRef, watch, type Ref, type WatchSource } from 'vue'
import type { ErrorData } from '../../../shared/errors'
import { errorData } from '../api/errorData'
import { useAppStore } from '../stores/app'
import { useEventsStore } from '../stores/events'
import { useBusy } from './useBusy'

export interface Loaded<T> {
  /** The last good answer; stays while a newer one is loading. */
  data: Ref<T | null>
  error: Ref<ErrorData | null>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * Loads what `source` names, and again when it changes or the connection comes back; an older answer never overwrites
 * a newer one. A null source loads nothing.
 */
export function useLoad<S, T>(source: WatchSource<S | null>, load: (source: S) => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const error = ref<ErrorData | null>(null)
  const loading = ref(false)
  let current: S | null = null
  let turn = 0

  async function reload(): Promise<void> {
    const mine = ++turn
    if (current === null) {
      data.value = null
      error.value = null
      loading.value = false
      return
    }
    loading.value = true
    try {
      const value = await load(current)
      if (mine !== turn) return
      data.value = value
      error.value = null
    } catch (failure) {
      if (mine !== turn) return
      error.value = errorData(failure)
      useAppStore().report(error.value)
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  useBusy(loading)
  watch(
    source,
    (value) => {
      current = value
      void reload()
    },
    { immediate: true },
  )
  const events = useEventsStore()
  /** The first connection answers what is on its way already. */
  let first = true
  onScopeDispose(
    events.onConnected(() => {
      if (first) first = false
      else void reload()
    }),
  )
  return { data, error, loading, reload }
}
