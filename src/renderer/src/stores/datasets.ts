import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import type { Dataset, ImportRequest } from '../../../shared/datasets'
import type { ErrorData } from '../../../shared/errors'
import type { GenerateRequest } from '../../../shared/generators'
import { api } from '../api/client'
import { errorData } from '../api/errorData'
import { useEventsStore } from './events'

const newestFirst = (a: Dataset, b: Dataset) => b.created.localeCompare(a.created)

/** The datasets of the store, newest first, kept up to date by events. */
export const useDatasetsStore = defineStore('datasets', () => {
  const list = shallowRef<readonly Dataset[]>([])
  const bin = shallowRef<readonly Dataset[]>([])
  const loaded = ref(false)
  const error = ref<ErrorData | null>(null)
  /** Datasets in the making, by name: share that is done, null while unknown. */
  const making = shallowReactive(new Map<string, number | null>())

  async function load(): Promise<void> {
    try {
      const [kept, binned] = await Promise.all([
        api.datasets.list.query({ inBin: false }),
        api.datasets.list.query({ inBin: true }),
      ])
      list.value = [...kept].sort(newestFirst)
      bin.value = [...binned].sort(newestFirst)
      error.value = null
      loaded.value = true
    } catch (failure) {
      error.value = errorData(failure)
    }
  }

  async function then<T>(call: Promise<T>): Promise<T> {
    const value = await call
    await load()
    return value
  }

  const events = useEventsStore()
  events.onEvent((event) => {
    if (event.type === 'datasets') {
      making.clear()
      void load()
    } else if (event.type === 'datasetProgress') making.set(event.name, event.fraction)
  })
  events.onConnected(() => void load())

  return {
    list,
    bin,
    loaded,
    error,
    making,
    load,
    names: computed(() => list.value.map((dataset) => dataset.name)),
    /** By id or name; null where there is none outside the bin. */
    find: (reference: string): Dataset | null =>
      list.value.find(({ id, name }) => id === reference || name === reference) ?? null,
    generate: (request: GenerateRequest) => then(api.datasets.generate.mutate(request)),
    import: (request: ImportRequest) => then(api.datasets.import.mutate(request)),
    /** Stops what is in the making; nothing of it is kept. */
    cancel: (name: string) => api.datasets.cancel.mutate({ name }),
    moveToBin: (dataset: string) => then(api.datasets.moveToBin.mutate({ dataset })),
    restore: (dataset: string) => then(api.datasets.restore.mutate({ dataset })),
  }
})
