import { refDebounced } from '@vueuse/core'
import { computed } from 'vue'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { baseOf, type useSweepDraft } from './useSweepDraft'

const typingMilliseconds = 250

/** What the sweep in the form would make: its list, its cost, or why it cannot be. */
export function useSweepPlan({ written }: ReturnType<typeof useSweepDraft>) {
  const text = computed(() => (written.value === null ? null : JSON.stringify(written.value)))
  const settled = refDebounced(text, typingMilliseconds)
  const { data, error, loading, reload } = useLoad(settled, async (spec) => {
    const asked = JSON.parse(spec) as NonNullable<typeof written.value>
    const whole = { ...asked, base: await baseOf(asked.base) }
    return { of: spec, spec: whole, plan: await api.sweeps.plan.query({ spec: whole }) }
  })
  /** The answer to the form as it stands; null while it is on its way or the form is wrong. */
  const current = computed(() =>
    data.value !== null && error.value === null && data.value.of === text.value ? data.value : null,
  )
  return {
    current,
    /** The last answer, shown dimmed while a newer one is on its way. */
    shown: computed(() => (error.value === null && text.value !== null ? (data.value?.plan ?? null) : null)),
    error: computed(() => (text.value === null || loading.value ? null : error.value)),
    reload,
  }
}
