import { watch, type Ref } from 'vue'
import { focusIsLost } from '../../composables/useFocusGuard'

/**
 * Rows change places under the focus, here or by another window: whatever had it has it still. A button that can be
 * pressed no more hands it to `instead`.
 * @param order changes whenever rows change places
 */
export function useKeptFocus(order: () => string, area: Readonly<Ref<HTMLElement | null>>, instead: () => void): void {
  let held: HTMLElement | null = null
  watch(
    order,
    () => {
      const focused = document.activeElement
      held = focused instanceof HTMLElement && area.value?.contains(focused) ? focused : null
    },
    { flush: 'pre' },
  )
  watch(
    order,
    () => {
      if (held === null || !held.isConnected) return
      if (held.matches(':disabled')) instead()
      else if (focusIsLost()) held.focus({ preventScroll: true })
    },
    { flush: 'post' },
  )
}
