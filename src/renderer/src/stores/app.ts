import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AppInfo } from '../../../main/api/app'
import type { DeviceReport } from '../../../shared/devices'
import { errorLine, type ErrorData } from '../../../shared/errors'
import type { Problem } from '../../../shared/events'
import { api } from '../api/client'
import { errorData } from '../api/errorData'
import { formatEngine } from '../format'
import { useEventsStore } from './events'

/** What the workbench says of itself: versions, data folder, devices, problems. */
export const useAppStore = defineStore('app', () => {
  const info = shallowRef<AppInfo | null>(null)
  const devices = shallowRef<DeviceReport | null>(null)
  const devicesError = shallowRef<ErrorData | null>(null)
  const measuring = ref(false)
  /** What the workbench tells, and what was shown in this window. */
  const told = shallowRef<readonly Problem[]>([])
  const shown = shallowRef<readonly Problem[]>([])
  const seen = ref('')

  async function load(): Promise<void> {
    try {
      const [facts, list] = await Promise.all([api.app.info.query(), api.app.problems.query()])
      info.value = facts
      told.value = list
    } catch (failure) {
      report(errorData(failure))
    }
  }

  /** Keeps what a panel of this window shows, for the list; the same again counts once, and a cancellation not at all. */
  function report(error: ErrorData): void {
    if (error.code === 'CANCELLED') return
    const line = errorLine(error)
    const others = shown.value.filter((problem) => errorLine(problem.error) !== line)
    shown.value = [...others, { at: new Date().toISOString(), error, run: null }]
  }

  /** Newest first. */
  const problems = computed(() => [...told.value, ...shown.value].sort((a, b) => b.at.localeCompare(a.at)))

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
    return formatEngine(auto.engine, auto.device, dtype ?? null)
  })

  const events = useEventsStore()
  events.onEvent((event) => {
    if (event.type !== 'problem') return
    told.value = [...told.value, event.problem]
    // Damage that was found while the workbench was open: what it says of itself is another thing now.
    if (event.problem.error.code === 'DATABASE_DAMAGED') void load()
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
    report,
    unseen: computed(() => problems.value.filter(({ at }) => at > seen.value).length),
    markSeen: () => (seen.value = problems.value[0]?.at ?? ''),
  }
})
