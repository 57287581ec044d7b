import { useRouter } from 'vue-router'
import { WorkbenchError } from '../../../shared/errors'
import { presets } from '../../../shared/presets'
import { useRunsStore } from '../stores/runs'
import { useAction } from './useAction'

/** Starts a preset as it is, with the data that it makes for itself, and opens the run. */
export function usePresetRun() {
  const runs = useRunsStore()
  const router = useRouter()
  const { running, error, run } = useAction()

  const start = (name: string) =>
    run(async () => {
      const preset = presets.find((candidate) => candidate.name === name)
      if (preset === undefined) throw new WorkbenchError('PRESET_UNKNOWN', `There is no preset ${name}.`)
      const { id } = await runs.create({ preset: preset.name, spec: preset.spec })
      await router.push(`/runs/${id}`)
    })

  return { running, error, start }
}
