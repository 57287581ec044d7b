import type { Workbench } from '../../../src/main/api/workbench'
import type { WorkbenchEvent } from '../../../src/shared/events'

/** Events that a test tells every reader by hand. */
export function fakeEvents(): Workbench['events'] & { emit(event: WorkbenchEvent): void } {
  const listeners = new Set<(event: WorkbenchEvent) => void>()
  return {
    emit: (event) => listeners.forEach((listener) => listener(event)),
    async *follow(_, signal) {
      const queue: WorkbenchEvent[] = []
      let wake = () => {}
      const listener = (event: WorkbenchEvent) => {
        queue.push(event)
        wake()
      }
      listeners.add(listener)
      signal.addEventListener('abort', () => wake())
      while (!signal.aborted) {
        const event = queue.shift()
        if (event !== undefined) yield event
        else await new Promise<void>((resolve) => (wake = resolve))
      }
      listeners.delete(listener)
    },
  }
}
