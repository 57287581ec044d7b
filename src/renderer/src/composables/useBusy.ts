import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'

const busyCount = ref(0)

/** Whether anything on screen loads: `aria-busy` of `main`. */
export const screenBusy = computed(() => busyCount.value > 0)

/** Counts `busy` into the screen's state for as long as the component lives. */
export function useBusy(busy: Ref<boolean>): void {
  let counted = false
  const count = (value: boolean) => {
    if (value === counted) return
    counted = value
    busyCount.value += value ? 1 : -1
  }
  watch(busy, count, { immediate: true, flush: 'sync' })
  onScopeDispose(() => count(false))
}
