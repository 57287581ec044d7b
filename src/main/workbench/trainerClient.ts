import { WorkbenchError, type ErrorData } from '../../shared/errors'
import type { MemoryAnswer } from '../../shared/runs'
import {
  trainerEventSchema,
  type SplitResult,
  type TrainerEvent,
  type TrainerJob,
  type TrainerRequest,
} from '../../shared/trainer'
import type { Child, ChildExit, Launch } from '../children/child'
import { lookAtProcess, type Look } from '../children/life'
import { Pulse, type Silence } from '../children/pulse'

/** How long a trainer may take to stop by itself before it is killed; its last epoch is on the disk by then. */
const patienceMilliseconds = 5000

export type TaskOutcome = { status: 'done'; results: SplitResult[] } | { status: 'cancelled' }

/** What a native allocation that failed leaves on stderr. */
const allocationFailed = /out of memory|bad_alloc|allocation failed|failed to allocate/i

/** Share of the free memory above which a kill is most likely the system's. */
const likelyShare = 0.5

/** How a trainer ended that this process did not kill, and that answered nothing. */
function howItEnded(
  { code, signal, stderr }: ChildExit,
  memory: MemoryAnswer | null,
): { words: string; memory: boolean } {
  const last = stderr === '' ? '' : `: ${lastLine(stderr)}`
  const needs = memory === null ? '' : `: its run needs ${memory.text} (when it began)`
  const how = signal ?? `exit code ${code}`
  if (signal === 'SIGKILL') {
    const likely = memory === null || memory.need > likelyShare * memory.there
    const by = likely ? 'most likely for want of memory' : 'for want of memory, or another program did'
    return { words: `The system ended the trainer process (SIGKILL), ${by}${needs}`, memory: true }
  }
  if (!allocationFailed.test(stderr)) return { words: `The trainer process ended (${how})${last}`, memory: false }
  return { words: `The trainer process ended for want of memory (${how})${needs}${last}`, memory: true }
}

/** The trainer process ended without an answer: a native crash, no memory, a kill. */
export class TrainerDied extends WorkbenchError {
  constructor(exit: ChildExit, memory: MemoryAnswer | null = null) {
    const ended = howItEnded(exit, memory)
    const remedy = ended.memory
      ? 'The last finished epoch is kept: end other programs and resume the run, or duplicate it with a smaller model, batchSize or dataset.'
      : 'The last finished epoch is kept: resume the run.'
    super('TRAINER_DIED', ended.words, { remedy, exit: 1 })
  }
}

const unreadable = (what: string): ErrorData => ({
  code: 'TRAINER_MESSAGE',
  message: `The trainer said what cannot be read (${what})`,
  where: null,
  remedy: 'The last finished epoch is kept. Where a number is infinite, duplicate the run with a lower learning rate.',
})

const lastLine = (text: string): string => text.split('\n').at(-1) ?? ''

/** One trainer child: launched at the first task, one task at a time. */
export class TrainerClient {
  #child: Child | null = null

  constructor(
    private readonly launch: Launch,
    private readonly onSilence: (silence: Silence | null) => void = () => undefined,
    /** What its run needs, for a trainer that the system ends. */
    private readonly memory: MemoryAnswer | null = null,
    private readonly look: Look = lookAtProcess,
  ) {}

  /**
   * Runs one task to its end.
   * @throws WorkbenchError of the trainer, or TrainerDied
   */
  run(job: TrainerJob, onEvent: (event: TrainerEvent) => void, signal: AbortSignal): Promise<TaskOutcome> {
    const child = this.#start()
    return new Promise<TaskOutcome>((resolve, reject) => {
      let killer: NodeJS.Timeout | undefined
      const pulse = new Pulse(() => child.pid, this.onSilence, this.look)
      const send = (request: TrainerRequest) => child.send(request)
      const cancel = () => {
        send({ type: 'cancel' })
        killer = setTimeout(() => child.kill(), patienceMilliseconds)
      }
      const settle = (finish: () => void) => {
        clearTimeout(killer)
        pulse.stop()
        signal.removeEventListener('abort', cancel)
        this.#listener = null
        finish()
      }
      this.#listener = {
        event: (event) => {
          pulse.heard()
          try {
            onEvent(event)
          } catch (error) {
            this.stop()
            return settle(() => reject(error as Error))
          }
          if (event.type === 'done') settle(() => resolve({ status: 'done', results: event.results }))
          if (event.type === 'cancelled') settle(() => resolve({ status: 'cancelled' }))
          if (event.type === 'failed') {
            const { code, message, where, remedy } = event.error
            settle(() => reject(new WorkbenchError(code, message, { where, remedy, exit: 1 })))
          }
        },
        exit: (exit) => {
          settle(() => (signal.aborted ? resolve({ status: 'cancelled' }) : reject(new TrainerDied(exit, this.memory))))
        },
      }
      send({ type: 'start', job })
      if (signal.aborted) cancel()
      else signal.addEventListener('abort', cancel, { once: true })
    })
  }

  stop(): void {
    this.#child?.kill()
    this.#child = null
  }

  #listener: { event(event: TrainerEvent): void; exit(exit: ChildExit): void } | null = null

  #start(): Child {
    if (this.#child !== null) return this.#child
    const child = this.launch('trainer')
    child.onMessage((message) => {
      // Nothing that a child says may end its parent.
      const event = trainerEventSchema.safeParse(message)
      if (event.success) return this.#listener?.event(event.data)
      const [issue] = event.error.issues
      this.#listener?.event({ type: 'failed', error: unreadable(`${issue?.path.join('.')}: ${issue?.message}`) })
      // A dying one takes no other task.
      if (this.#child === child) this.#child = null
      child.kill()
    })
    child.onExit((exit) => {
      // Also where it dies between two tasks: the next gets another, as a dead one would never answer.
      if (this.#child !== child) return
      this.#child = null
      this.#listener?.exit(exit)
    })
    this.#child = child
    return child
  }
}
