import { useEventsStore } from '../stores/events'
import { useRunsStore } from '../stores/runs'
import { useToastsStore } from '../stores/toasts'
import { resultWords } from '../../../shared/measures'

/** Tells by a toast that a run came to its end, wherever the user is. */
export function useFinishedRuns(): void {
  const runs = useRunsStore()
  const toasts = useToastsStore()
  const before = new Map<string, string>()

  useEventsStore().onEvent((event) => {
    if (event.type === 'progress') before.set(event.run, 'running')
    if (event.type !== 'run') return
    const { id, name, status, test } = event.run
    const was = before.get(id)
    before.set(id, status)
    if (was !== 'running' || runs.byId(id) === null) return
    if (status === 'done') {
      toasts.show(test === null ? `${name} is done.` : `${name} is done: ${resultWords(event.run)}.`)
    } else if (status === 'failed') toasts.show(`${name} failed; its page says why.`)
  })
}
