import { refDebounced } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import type { ErrorData } from '../../../../shared/errors'
import type { SweepPlan } from '../../../../shared/sweeps'
import { api } from '../../api/client'
import { errorData } from '../../api/errorData'
import { mostShown } from './sweepWords'
import { baseOf, type useSweepDraft } from './useSweepDraft'

const typingMilliseconds = 250

interface Answer {
  /** The form that it answers, as text. */
  of: string
  /** As `sweep SPEC.json` takes it. */
  spec: unknown
  plan: SweepPlan | null
  /** What is wrong with what is typed: no fault of the workbench, so no problem for its list. */
  error: ErrorData | null
}

/** What the sweep in the form would make: its list, its cost, or why it cannot be. */
export function useSweepPlan({ written }: ReturnType<typeof useSweepDraft>) {
  const text = computed(() => (written.value === null ? null : JSON.stringify(written.value)))
  const settled = refDebounced(text, typingMilliseconds)
  const answer = shallowRef<Answer | null>(null)
  let turn = 0

  async function ask(of: string): Promise<Answer> {
    try {
      const asked = JSON.parse(of) as NonNullable<typeof written.value>
      const spec = { ...asked, base: await baseOf(asked.base) }
      return { of, spec, plan: await api.sweeps.plan.query({ spec, limit: mostShown }), error: null }
    } catch (failure) {
      return { of, spec: null, plan: null, error: errorData(failure) }
    }
  }

  async function load(): Promise<void> {
    const mine = ++turn
    if (settled.value === null) return
    const found = await ask(settled.value)
    if (mine === turn) answer.value = found
  }
  watch(settled, () => void load(), { immediate: true })

  const isCurrent = computed(() => answer.value !== null && answer.value.of === text.value)
  return {
    /** The answer to the form as it stands; null while it is on its way or the form is wrong. */
    current: computed(() => {
      if (!isCurrent.value || answer.value === null || answer.value.plan === null) return null
      return { spec: answer.value.spec, plan: answer.value.plan }
    }),
    /** The last answer, shown dimmed while a newer one is on its way. */
    shown: computed(() => (text.value === null ? null : (answer.value?.plan ?? null))),
    error: computed(() => (isCurrent.value ? (answer.value?.error ?? null) : null)),
    /** Asks again, as what is there has changed. */
    load,
  }
}
