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

/** How long a workbench may take to end in order: a checkpoint, and a store that another program has locked. */
const patienceMilliseconds = 15_000

/**
 * Runs what stays open until a signal to stop. A signal while it opens, and a second one, end the process at once; so
 * does the end of patience, as whatever hangs shall not keep a process that was told to go.
 * @param work calls `opened` when there is something to close in order, and ends some time after `stopped`
 */
export async function untilStopped<T>(work: (stopped: Promise<void>, opened: () => void) => Promise<T>): Promise<T> {
  let open = false
  let asked = false
  let overdue: NodeJS.Timeout | undefined
  let tell = (): void => undefined
  const stopped = new Promise<void>((resolve) => (tell = resolve))
  const stop = (): void => {
    if (asked || !open) process.exit(130)
    asked = true
    tell()
    overdue = setTimeout(() => process.exit(1), patienceMilliseconds).unref()
  }
  for (const signal of stopSignals) process.on(signal, stop)
  try {
    return await work(stopped, () => (open = true))
  } finally {
    clearTimeout(overdue)
    for (const signal of stopSignals) process.off(signal, stop)
  }
}
