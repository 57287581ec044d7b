import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ErrorData } from '../../../shared/errors'
import type { Metric } from '../../../shared/runs'
import { api } from '../api/client'
import { errorData } from '../api/errorData'
import { useEventsStore } from './events'

const keyOf = ({ phase, class: modelClass, epoch }: Metric): string => `${phase} ${modelClass} ${epoch}`

/** Epochs of the runs that a view asked for, kept growing by events. */
export const useMetricsStore = defineStore('metrics', () => {
  const ofRun = shallowReactive(new Map<string, readonly Metric[]>())
  const errors = shallowReactive(new Map<string, ErrorData>())

  function add(run: string, metrics: readonly Metric[]): void {
    const merged = new Map((ofRun.get(run) ?? []).map((metric) => [keyOf(metric), metric]))
    for (const metric of metrics) merged.set(keyOf(metric), metric)
    ofRun.set(run, [...merged.values()])
  }

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
    if (event.type === 'metrics' && ofRun.has(event.run)) add(event.run, event.metrics)
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
