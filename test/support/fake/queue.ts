import type { Workbench } from '../../../src/main/api/workbench'
import type { Job, Queue } from '../../../src/shared/queue'
import { WorkbenchError } from '../../../src/shared/errors'
import type { WorkbenchEvent } from '../../../src/shared/events'
import type { RunDetail } from '../../../src/shared/runs'

/** The queue of made-up runs: it can be paused and put in another order, and nothing in it ever ends. */
export function fakeQueue(runs: readonly RunDetail[], emit: (event: WorkbenchEvent) => void): Workbench['queue'] {
  let [paused, chosen] = [false, null as number | null]
  const waiting = () =>
    runs
      .filter(({ status, deleted }) => status === 'queued' && deleted === null)
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
  const job = (run: RunDetail, position: number | null): Job => ({
    run: run.id,
    name: run.name,
    status: position === null ? 'running' : 'queued',
    position,
    eta: position === null ? (run.progress?.eta ?? null) : paused ? null : 600 * (position + 1),
    slot: run.slot,
    kind: run.kind,
    dataset: run.dataset,
    engine: run.engine,
    device: run.device,
    dtype: run.dtype,
    threads: run.threads,
    progress: run.progress,
    sweep: run.sweep,
  })
  const list = async (): Promise<Queue> => {
    const works = runs.filter(({ status, deleted }) => status === 'running' && deleted === null)
    const jobs = [...works.map((run) => job(run, null)), ...waiting().map((run, place) => job(run, place + 1))]
    const left = jobs.length === 0 ? null : 600 * (waiting().length + 1)
    return {
      paused,
      chosen,
      slots: chosen ?? 2,
      cores: 2,
      runs: jobs,
      left,
      unknown: 0,
      interrupted: interrupted().length,
    }
  }
  const interrupted = () => runs.filter(({ status, deleted }) => status === 'interrupted' && deleted === null)
  const changed = () => {
    emit({ type: 'queue' })
    return list()
  }
  return {
    list,
    pause: () => {
      paused = true
      return changed()
    },
    resume: () => {
      paused = false
      return changed()
    },
    resumeInterrupted: () => {
      for (const run of interrupted()) Object.assign(run, { status: 'queued', position: runs.length })
      return changed()
    },
    setSlots: ({ slots }) => {
      chosen = slots
      return changed()
    },
    move: ({ run: reference, position }) => {
      const found = waiting().find(({ id, name }) => id === reference || name === reference)
      if (found === undefined) throw new WorkbenchError('RUN_NOT_WAITING', `${reference} does not wait`)
      const order = waiting().filter((run) => run !== found)
      order.splice(position - 1, 0, found)
      for (const [place, run] of order.entries()) run.position = place + 1
      return changed()
    },
  }
}
