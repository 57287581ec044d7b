import { refDebounced } from '@vueuse/core'
import { computed } from 'vue'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import type { RunDraft } from './useDraft'

/** A pause in typing. */
const pause = 250

/** What memory the run would need, as it is typed; null while it is not known. */
export function useMemoryNeed({ check, spec, preset, textError }: RunDraft) {
  const asked = computed(() => {
    if (check.value.spec === null || textError.value !== null) return null
    return JSON.stringify({ spec: spec.value, preset: preset.value?.name })
  })
  const { data } = useLoad(refDebounced(asked, pause), (text) =>
    api.runs.memory.query(JSON.parse(text) as Parameters<typeof api.runs.memory.query>[0]),
  )
  return computed(() => (asked.value === null ? null : data.value))
}
