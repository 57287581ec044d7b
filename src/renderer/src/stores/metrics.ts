import { useThrottleFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ErrorData } from '../../../shared/errors'
import type { Metric } from '../../../shared/runs'
import { api } from '../api/client'
import { errorData } from '../api/errorData'
import { useEventsStore } from './events'

const keyOf = ({ phase, class: modelClass, epoch }: Metric): string => `${phase} ${modelClass} ${epoch}`

/** Short epochs come by the hundred a second; drawing each by itself would freeze the window. */
const shownMilliseconds = 500

/** Epochs of the runs that a view asked for, kept growing by events. */
export const useMetricsStore = defineStore('metrics', () => {
  const ofRun = shallowReactive(new Map<string, readonly Metric[]>())
  const known = new Map<string, Map<string, Metric>>()
  const waiting = new Map<string, Metric[]>()
  const errors = shallowReactive(new Map<string, ErrorData>())

  function add(run: string, metrics: readonly Metric[]): void {
    const epochs = known.get(run) ?? new Map<string, Metric>()
    for (const metric of metrics) epochs.set(keyOf(metric), metric)
    known.set(run, epochs)
    ofRun.set(run, [...epochs.values()])
  }

  const addWaiting = useThrottleFn(
    () => {
      for (const [run, metrics] of waiting) add(run, metrics)
      waiting.clear()
    },
    shownMilliseconds,
    true,
  )

  /** Loads a run's epochs; from then on events add to them. */
  async function load(run: string): Promise<void> {
    if (!ofRun.has(run)) ofRun.set(run, [])
    try {
      add(run, await api.runs.metrics.query({ run }))
      errors.delete(run)
    } catch (failure) {
      errors.set(run, errorData(failure))
    }
  }

  const events = useEventsStore()
  events.onEvent((event) => {
    if (event.type !== 'metrics' || !ofRun.has(event.run)) return
    const metrics = waiting.get(event.run)
    if (metrics === undefined) waiting.set(event.run, [...event.metrics])
    else metrics.push(...event.metrics)
    void addWaiting()
  })
  events.onConnected(() => {
    for (const run of ofRun.keys()) void load(run)
  })

  return {
    load,
    of: (run: string): readonly Metric[] => ofRun.get(run) ?? [],
    errorOf: (run: string): ErrorData | null => errors.get(run) ?? null,
  }
})
