import { ref } from 'vue'
import { errorLine } from '../../../../shared/errors'
import type { Job } from '../../../../shared/queue'
import { errorData } from '../../api/errorData'
import { useUndo } from '../../composables/useUndo'
import { useQueueStore } from '../../stores/queue'
import { useRunsStore } from '../../stores/runs'

/** Acts on jobs, one after another, each on the order that the one before left. */
export function useJobs() {
  const queue = useQueueStore()
  const runs = useRunsStore()
  const { undoable, say } = useUndo()
  /** For screen readers: where a run has gone. */
  const told = ref('')
  let last: Promise<unknown> = Promise.resolve()

  function act(work: () => Promise<void>): void {
    last = last.then(work).catch((failure: unknown) => say(errorLine(errorData(failure))))
  }

  /** Moves a waiting run by so many places. */
  function move(run: string, by: number): void {
    act(async () => {
      const at = queue.waiting.findIndex((job) => job.run === run)
      const place = at + by
      if (at < 0 || place < 0 || place >= queue.waiting.length) return
      await queue.move(run, place + 1)
      told.value = `${queue.waiting[place]?.name ?? ''}: place ${place + 1} of ${queue.waiting.length}`
    })
  }

  function cancel({ run, name }: Pick<Job, 'run' | 'name'>): void {
    act(() =>
      undoable(
        `Cancelled ${name}.`,
        () => runs.cancel(run),
        () => runs.resume(run),
      ),
    )
  }

  return { move, cancel, told }
}
