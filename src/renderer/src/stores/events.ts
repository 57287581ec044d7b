import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { WorkbenchEvent } from '../../../shared/events'
import { api } from '../api/client'

type Handler = (event: WorkbenchEvent) => void
type Load = () => void

/**
 * The one subscription to what happens in the workbench. Every (re)connection loads everything again, so that nothing
 * that a gap swallowed stays wrong.
 */
export const useEventsStore = defineStore('events', () => {
  const connection = ref<'connecting' | 'connected' | 'lost'>('connecting')
  const handlers = new Set<Handler>()
  const loads = new Set<Load>()
  let started = false

  function start(): void {
    if (started) return
    started = true
    api.events.follow.subscribe(undefined, {
      onStarted: () => {
        connection.value = 'connected'
        for (const load of loads) load()
      },
      onData: (event) => {
        for (const handler of handlers) handler(event)
      },
      onConnectionStateChange: ({ state }) => {
        if (state === 'connecting' && connection.value === 'connected') connection.value = 'lost'
      },
      onError: () => {
        connection.value = 'lost'
      },
    })
  }

  /** Calls `handler` with every event; gives back its end. */
  function onEvent(handler: Handler): () => void {
    handlers.add(handler)
    return () => handlers.delete(handler)
  }

  /** Calls `load` at every connection, and at once where there is one; gives back its end. */
  function onConnected(load: Load): () => void {
    loads.add(load)
    if (connection.value === 'connected') load()
    return () => loads.delete(load)
  }

  return { connection, start, onEvent, onConnected }
})
