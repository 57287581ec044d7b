import { computed, type Ref } from 'vue'
import type { RunDetail } from '../../../../shared/runs'
import { cliCommand } from '../../specForm/cliCommand'
import { useAppStore } from '../../stores/app'

/** The command that trains the same run: spec, name, device and store. */
export function useCliCommand(run: Ref<RunDetail | null>) {
  const app = useAppStore()
  return computed(() => {
    if (run.value === null) return ''
    const { spec, name, requestedDevice } = run.value
    return cliCommand({
      spec: { ...spec },
      preset: null,
      name,
      device: requestedDevice,
      dataFolder: app.info?.dataFolder ?? null,
    })
  })
}
