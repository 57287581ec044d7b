import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import { compareNames } from '../../../shared/compareNames'
import type { ErrorData } from '../../../shared/errors'
import type { CreateRunRequest, Progress, RunSummary } from '../../../shared/runs'
import { api } from '../api/client'
import { errorData } from '../api/errorData'
import { useEventsStore } from './events'

const newestFirst = (a: RunSummary, b: RunSummary) => b.created.localeCompare(a.created) || b.id.localeCompare(a.id)

/** Every run that this window knows, kept up to date by events. */
export const useRunsStore = defineStore('runs', () => {
  const known = shallowRef<ReadonlyMap<string, RunSummary>>(new Map())
  const latest = shallowReactive(new Map<string, Progress>())
  const loaded = ref(false)
  const error = ref<ErrorData | null>(null)
  /** Runs told by events while a list was on its way: they are newer than the list. */
  let during: RunSummary[] | null = null

  const all = computed(() => [...known.value.values()].sort(newestFirst))
  /** Newest first, without those in the bin. */
  const list = computed(() => all.value.filter((run) => run.deleted === null))
  const bin = computed(() => all.value.filter((run) => run.deleted !== null))
  /** Every tag in use. */
  const tags = computed(() => [...new Set(list.value.flatMap((run) => run.tags))].sort(compareNames))
  /** The newest run that can score a pair. */
  const newestDone = computed(() => list.value.find((run) => run.status === 'done') ?? null)

  function put(...runs: readonly RunSummary[]): void {
    during?.push(...runs)
    const next = new Map(known.value)
    for (const run of runs) {
      next.set(run.id, run)
      if (run.status !== 'running') latest.delete(run.id)
    }
    known.value = next
  }

  async function load(): Promise<void> {
    const newer: RunSummary[] = []
    during = newer
    try {
      const [kept, binned] = await Promise.all([
        api.runs.list.query({ inBin: false }),
        api.runs.list.query({ inBin: true }),
      ])
      known.value = new Map([...kept, ...binned, ...newer].map((run) => [run.id, run]))
      latest.clear()
      error.value = null
      loaded.value = true
    } catch (failure) {
      error.value = errorData(failure)
    } finally {
      if (during === newer) during = null
    }
  }

  const byId = (id: string): RunSummary | null => known.value.get(id) ?? null
  const progressOf = (run: RunSummary): Progress | null => latest.get(run.id) ?? run.progress

  /** Calls one of the mutations that answer with the run, and keeps the answer. */
  async function keep(call: Promise<RunSummary>): Promise<RunSummary> {
    const run = await call
    put(run)
    return run
  }

  const events = useEventsStore()
  events.onEvent((event) => {
    if (event.type === 'run') put(event.run)
    else if (event.type === 'progress') latest.set(event.run, event.progress)
  })
  events.onConnected(() => void load())

  return {
    list,
    bin,
    tags,
    newestDone,
    loaded,
    error,
    load,
    byId,
    progressOf,
    /** The run of the sample model, with its pairs. */
    openSample: async () => {
      const sample = await api.sample.open.mutate()
      put(sample.run)
      return sample
    },
    create: (request: CreateRunRequest) => keep(api.runs.create.mutate(request)),
    cancel: (run: string) => keep(api.runs.cancel.mutate({ run })),
    resume: (run: string) => keep(api.runs.resume.mutate({ run })),
    rename: (run: string, name: string) => keep(api.runs.rename.mutate({ run, name })),
    tag: async (runs: string[], change: { add?: string[]; remove?: string[] }) =>
      put(...(await api.runs.tag.mutate({ runs, ...change }))),
    note: (run: string, note: string) => keep(api.runs.note.mutate({ run, note })),
    moveToBin: (run: string) => keep(api.runs.moveToBin.mutate({ run })),
    restore: (run: string) => keep(api.runs.restore.mutate({ run })),
  }
})
