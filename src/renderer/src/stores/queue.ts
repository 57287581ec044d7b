import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import type { ErrorData } from '../../../shared/errors'
import type { Job, Queue } from '../../../shared/queue'
import type { Progress } from '../../../shared/runs'
import { api } from '../api/client'
import { errorData } from '../api/errorData'
import { useEventsStore } from './events'

/** Runs change in bursts: the queue is read once for all of them. */
const readMilliseconds = 50
const latestMilliseconds = 500

/** What works and what waits, kept up to date by events. */
export const useQueueStore = defineStore('queue', () => {
  const queue = shallowRef<Queue | null>(null)
  const error = ref<ErrorData | null>(null)
  const latest = shallowReactive(new Map<string, Progress>())
  let turn = 0
  let acts = 0
  /** Something happened during an act. */
  let missed = false

  const running = computed(() => queue.value?.runs.filter(({ status }) => status === 'running') ?? [])
  const waiting = computed(() => queue.value?.runs.filter(({ status }) => status === 'queued') ?? [])
  const paused = computed(() => queue.value?.paused ?? false)

  /** An older answer never overwrites a newer one. */
  async function put(answer: Promise<Queue>): Promise<void> {
    const mine = ++turn
    const value = await answer
    if (mine !== turn) return
    const works = new Set(value.runs.filter(({ status }) => status === 'running').map(({ run }) => run))
    for (const run of latest.keys()) if (!works.has(run)) latest.delete(run)
    queue.value = value
    error.value = null
  }

  /** Of an act: what is read meanwhile may be older than it. */
  async function change(answer: Promise<Queue>): Promise<void> {
    acts++
    try {
      await put(answer)
    } finally {
      acts--
      if (acts === 0 && missed) void load()
    }
  }

  async function load(): Promise<void> {
    missed = acts > 0
    if (missed) return
    try {
      await put(api.queue.list.query())
    } catch (failure) {
      error.value = errorData(failure)
    }
  }

  const loadSoon = useDebounceFn(load, readMilliseconds, { maxWait: latestMilliseconds })
  const events = useEventsStore()
  events.onEvent((event) => {
    if (event.type === 'progress') latest.set(event.run, event.progress)
    else if (event.type === 'queue') void loadSoon()
    else if (event.type === 'run') {
      const { id, status } = event.run
      const known = queue.value?.runs.some(({ run }) => run === id)
      if (known || ['running', 'queued', 'interrupted'].includes(status)) void loadSoon()
    }
  })
  events.onConnected(() => void load())

  return {
    queue,
    error,
    running,
    waiting,
    paused,
    load,
    progressOf: (job: Job): Progress | null => latest.get(job.run) ?? job.progress,
    pause: () => change(api.queue.pause.mutate()),
    resume: () => change(api.queue.resume.mutate()),
    resumeInterrupted: () => change(api.queue.resumeInterrupted.mutate()),
    setSlots: (slots: number | null) => change(api.queue.setSlots.mutate({ slots })),
    move: (run: string, position: number) => change(api.queue.move.mutate({ run, position })),
  }
})
