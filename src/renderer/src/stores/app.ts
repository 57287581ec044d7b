import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AppInfo } from '../../../main/api/workbench'
import type { DeviceReport } from '../../../shared/devices'
import type { ErrorData } from '../../../shared/errors'
import type { Problem } from '../../../shared/events'
import { api } from '../api/client'
import { errorData } from '../api/errorData'
import { engineText } from '../components/shell/engineText'
import { useEventsStore } from './events'

/** What the workbench says of itself: versions, data folder, devices, problems. */
export const useAppStore = defineStore('app', () => {
  const info = shallowRef<AppInfo | null>(null)
  const devices = shallowRef<DeviceReport | null>(null)
  const devicesError = shallowRef<ErrorData | null>(null)
  const measuring = ref(false)
  const problems = shallowRef<readonly Problem[]>([])
  const seen = ref(0)

  async function load(): Promise<void> {
    try {
      const [facts, list] = await Promise.all([api.app.info.query(), api.app.problems.query()])
      info.value = facts
      problems.value = list
    } catch (failure) {
      problems.value = [{ at: new Date().toISOString(), error: errorData(failure), run: null }]
    }
  }

  async function measureDevices(): Promise<void> {
    measuring.value = true
    try {
      devices.value = await api.devices.report.query()
      devicesError.value = null
    } catch (failure) {
      devicesError.value = errorData(failure)
    } finally {
      measuring.value = false
    }
  }

  /** The engine and device of `auto`, for the status bar: "onnx/cpu f32". */
  const autoEngine = computed(() => {
    if (devices.value === null) return null
    const { auto, devices: found } = devices.value
    const dtype = found.find(({ engine, device }) => engine === auto.engine && device === auto.device)?.dtype
    return engineText(auto.engine, auto.device, dtype ?? null)
  })

  const events = useEventsStore()
  events.onEvent((event) => {
    if (event.type === 'problem') problems.value = [...problems.value, event.problem]
  })
  events.onConnected(() => {
    void load()
    if (devices.value === null) void measureDevices()
  })

  return {
    info,
    devices,
    devicesError,
    measuring,
    problems,
    autoEngine,
    measureDevices,
    unseen: computed(() => Math.max(0, problems.value.length - seen.value)),
    markSeen: () => (seen.value = problems.value.length),
  }
})
