import { ref, shallowRef, type Ref } from 'vue'
import type { ErrorData } from '../../../shared/errors'
import { errorData } from '../api/errorData'
import { useAppStore } from '../stores/app'

export interface Action {
  running: Ref<boolean>
  /** Why the last try failed, for the panel where it was started. */
  error: Ref<ErrorData | null>
  /** Runs `act` unless one is running already; true where it went well. */
  run: (act: () => Promise<unknown>) => Promise<boolean>
}

/** Something that a button starts: busy while it runs, its failure kept as data. */
export function useAction(): Action {
  const running = ref(false)
  const error = shallowRef<ErrorData | null>(null)

  async function run(act: () => Promise<unknown>): Promise<boolean> {
    if (running.value) return false
    running.value = true
    error.value = null
    try {
      await act()
      return true
    } catch (failure) {
      error.value = errorData(failure)
      useAppStore().report(error.value)
      return false
    } finally {
      running.value = false
    }
  }

  return { running, error, run }
}
