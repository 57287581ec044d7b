import { WorkbenchError } from '../../shared/errors'

/** Ctrl-C, a plain kill, and the end of the terminal or of the connection to it. */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs work that a signal to stop ends in order: the signal aborts, the work ends by itself.
 * A second Ctrl-C ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort(new WorkbenchError('CANCELLED', 'Cancelled', { exit: 130 }))
  }
  for (const signal of stopSignals) process.on(signal, stop)
  try {
    return await work(controller.signal)
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason
    throw error
  } finally {
    for (const signal of stopSignals) process.off(signal, stop)
  }
}
