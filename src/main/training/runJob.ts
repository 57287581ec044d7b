import type { TrainerEvent, TrainerJob } from '../../shared/trainer'
import { toErrorData } from '../../shared/errors'
import { openBackend } from '../compute/backend'
import { Cancelled, type TaskContext } from './context'
import { evaluate } from './evaluate/evaluate'
import { fit } from './fit/fit'
import { pretrain } from './pretrain/pretrain'
import { whiten } from './whiten/whiten'

/** Does one job and reports it: `started`, then progress, epochs and checkpoints, then exactly one of done, cancelled, failed. */
export async function runJob(job: TrainerJob, emit: (event: TrainerEvent) => void, signal: AbortSignal): Promise<void> {
  try {
    const backend = await openBackend(job)
    const { engine, device, dtype, versions } = backend
    emit({ type: 'started', engine, device, dtype, versions: { node: process.versions.node, ...versions } })
    const context: TaskContext = { backend, emit, signal }
    if (job.task === 'evaluate') {
      emit({ type: 'done', results: await evaluate(job, context) })
    } else {
      if (job.task === 'whiten') await whiten(job, context)
      else await (job.task === 'pretrain' ? pretrain(job, context) : fit(job, context))
      emit({ type: 'done', results: [] })
    }
  } catch (error) {
    if (error instanceof Cancelled) emit({ type: 'cancelled' })
    else emit({ type: 'failed', error: toErrorData(error) })
  }
}
