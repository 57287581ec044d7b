import { useIntervalFn, usePreferredReducedMotion } from '@vueuse/core'
import { ref, watch, type Ref } from 'vue'

/** How long a frame stands, in milliseconds. */
const frameTime = 400

/** Which point of a trajectory of `count` points is marked, and its playing. */
export function usePlayback(count: Ref<number>) {
  const shown = ref(0)
  const motion = usePreferredReducedMotion()
  const { isActive, pause, resume } = useIntervalFn(
    () => {
      if (shown.value >= count.value - 1) pause()
      else shown.value++
    },
    frameTime,
    { immediate: false },
  )
  watch(count, (now) => {
    if (shown.value >= now) shown.value = 0
  })

  /** From the start to the end; with reduced motion the end at once. */
  function play(): void {
    if (motion.value === 'reduce') {
      shown.value = Math.max(0, count.value - 1)
      return
    }
    shown.value = 0
    resume()
  }
  return {
    shown,
    playing: isActive,
    play,
    toggle: () => (isActive.value ? pause() : play()),
    step: () => {
      pause()
      shown.value = count.value === 0 ? 0 : (shown.value + 1) % count.value
    },
  }
}
