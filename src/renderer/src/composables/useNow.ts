import { createSharedComposable, useNow as useClock } from '@vueuse/core'
import { computed } from 'vue'

/** Milliseconds since 1970, a step every 20 seconds, for "5 min ago"; one clock for all who look. */
export const useNow = createSharedComposable(() => {
  const clock = useClock({ interval: 20_000 })
  return computed(() => clock.value.getTime())
})
