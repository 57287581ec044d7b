import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { WorkbenchError } from '../../../../shared/errors'
import { findPreset } from '../../../../shared/presets'
import { api } from '../../api/client'
import { useAction } from '../../composables/useAction'
import { withoutDefaults } from '../../../../shared/spec/nodes'
import type { RunDraft } from './useDraft'

/** Follows the link: `?preset=` and `?from=` fill the draft, unless it already came from there and may be changed; `?dataset=` names the data. */
export function useOrigin(draft: RunDraft) {
  const route = useRoute()
  const router = useRouter()
  const { running, error, run } = useAction()

  async function follow(preset: unknown, from: unknown, dataset: unknown): Promise<void> {
    if (typeof from === 'string') {
      if (draft.draft.value.from === from) return
      const detail = await api.runs.get.query({ run: from })
      draft.takeRun(from, withoutDefaults(detail.spec), '', detail.requestedDevice)
    } else if (typeof preset === 'string') {
      if (draft.draft.value.preset !== preset) draft.takePreset(findPreset(preset))
    } else if (preset !== undefined || from !== undefined) {
      throw new WorkbenchError('LINK', 'The link names more than one preset or run', { remedy: 'Choose one below.' })
    }
    if (typeof dataset !== 'string') return
    draft.set('dataset', dataset)
    // From here on the draft holds it, and may be changed.
    await router.replace({ query: { ...route.query, dataset: undefined } })
  }

  watch(
    () => [route.query.preset, route.query.from, route.query.dataset] as const,
    ([preset, from, dataset]) => void run(() => follow(preset, from, dataset)),
    { immediate: true },
  )
  return { loading: running, error }
}
