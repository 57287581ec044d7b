import { toErrorData, WorkbenchError } from '../../shared/errors'
import { trainerRequestSchema, type TrainerEvent, type TrainerJob } from '../../shared/trainer'
import { openPort } from '../children/port'
import { Reporter } from './reporter'
import { runJob } from './runJob'

/** The trainer child: does one job at a time for the process that started it. */
const port = openPort()
let controller: AbortController | null = null

port.onMessage((message) => {
  const request = trainerRequestSchema.safeParse(message)
  if (!request.success) return fail(new WorkbenchError('BAD_REQUEST', request.error.message, { where: 'trainer' }))
  if (request.data.type === 'cancel') return controller?.abort()
  if (controller !== null) return fail(new WorkbenchError('BUSY', 'A job is under way', { where: 'trainer' }))
  void start(request.data.job)
})

const send = (event: TrainerEvent): void => port.send(event)

const fail = (error: unknown): void => send({ type: 'failed', error: toErrorData(error) })

async function start(job: TrainerJob): Promise<void> {
  const reporter = new Reporter(send)
  controller = new AbortController()
  try {
    await runJob(
      job,
      (event) => {
        // The next job may come as soon as this one's end is told.
        if (event.type === 'done' || event.type === 'cancelled' || event.type === 'failed') controller = null
        reporter.emit(event)
      },
      controller.signal,
    )
  } finally {
    controller = null
  }
}
