import { WorkbenchError } from '../../shared/errors'
import {
  analystResponseSchema,
  type AnalystAnswers,
  type AnalystCallInput,
  type AnalystCancel,
} from '../../shared/analyst'
import type { Child, Launch } from '../children/child'
import { lookAtProcess, type Look } from '../children/life'
import { Pulse, silenceText, type Silence } from '../children/pulse'

/** Seconds without an answer and without work after which an analyst is given up. */
const idleSeconds = 25

interface Pending {
  resolve(value: never): void
  reject(error: Error): void
}

/**
 * The analyst child: launched at the first call, launched anew after a crash; a crash rejects the calls under way, and so
 * does one that is stopped or hangs: it keeps nothing, so it is ended and the next call gets another. Once stopped it
 * launches none: a call that comes late would keep the workbench from ending.
 */
export class AnalystClient {
  #child: Child | null = null
  #calls = 0
  #stopped = false
  #pulse: Pulse | null = null
  readonly #pending = new Map<number, Pending>()

  /** @param look null where the caller has a patience of its own: a driver under test may wait long */
  constructor(
    private readonly launch: Launch,
    private readonly look: Look | null = lookAtProcess,
  ) {}

  /** @param signal ends the call early, with the code CANCELLED */
  call<Call extends AnalystCallInput>(call: Call, signal?: AbortSignal): Promise<AnalystAnswers[Call['method']]> {
    if (this.#stopped) return Promise.reject(ended('The workbench is closing', 'Start it again and ask once more.'))
    const child = this.#start()
    const id = ++this.#calls
    const cancel = () => child.send({ cancel: id } satisfies AnalystCancel)
    const answer = new Promise<AnalystAnswers[Call['method']]>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#watch(child)
      child.send({ id, call })
    })
    if (signal === undefined) return answer
    if (signal.aborted) cancel()
    signal.addEventListener('abort', cancel)
    return answer.finally(() => signal.removeEventListener('abort', cancel))
  }

  stop(): void {
    this.#stopped = true
    this.#child?.kill()
    this.#child = null
  }

  #start(): Child {
    if (this.#child !== null) return this.#child
    const child = this.launch('analyst')
    child.onMessage((message) => this.#answer(child, message))
    child.onExit((exit) => {
      // One that was given up has rejected its calls already, and the next has calls of its own.
      if (this.#child !== child && !this.#stopped) return
      this.#child = null
      const how = exit.signal ?? `exit code ${exit.code}`
      this.#fail(ended(`The analyst process ended (${how})`, 'Try again; it has been started anew.'))
    })
    this.#child = child
    return child
  }

  /** Nothing that a child says may end its parent: what cannot be read fails the question that it answers. */
  #answer(child: Child, message: unknown): void {
    if (this.#child !== child) return
    this.#pulse?.heard()
    const { id } = Object(message) as { id?: unknown }
    const pending = typeof id === 'number' ? this.#pending.get(id) : undefined
    const response = analystResponseSchema.safeParse(message)
    if (pending === undefined || typeof id !== 'number') {
      // Whose answer it was nobody knows: all that wait would wait for ever.
      if (!response.success) this.#giveUp(child, unreadable(response.error.issues[0]))
      return
    }
    this.#pending.delete(id)
    if (this.#pending.size === 0) this.#rest()
    if (!response.success) return pending.reject(unreadable(response.error.issues[0]))
    if (response.data.ok) return pending.resolve(response.data.value as never)
    const { error, exit } = response.data
    const { code, message: text, where, remedy } = error
    pending.reject(new WorkbenchError(code, text, { where, remedy, exit }))
  }

  #watch(child: Child): void {
    if (this.look === null || this.#pulse !== null) return
    this.#pulse = new Pulse(
      () => child.pid,
      (silence) => silence !== null && isLost(silence) && this.#giveUp(child, silent(silence)),
      this.look,
    )
  }

  #rest(): void {
    this.#pulse?.stop()
    this.#pulse = null
  }

  #giveUp(child: Child, error: WorkbenchError): void {
    this.#child = null
    this.#fail(error)
    child.kill()
  }

  #fail(error: WorkbenchError): void {
    this.#rest()
    const waiting = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of waiting) reject(error)
  }
}

/** A disk may keep it waiting for a while. Where the system does not tell, a long question is not to be told from a hang. */
const isLost = ({ why, seconds }: Silence): boolean => why === 'stopped' || (why === 'idle' && seconds >= idleSeconds)

const ended = (message: string, remedy: string): WorkbenchError =>
  new WorkbenchError('ANALYST_DIED', message, { remedy, exit: 1 })

const silent = (silence: Silence): WorkbenchError =>
  new WorkbenchError('ANALYST_SILENT', `The analyst process is ${silenceText(silence)}`, {
    remedy: 'It has been ended; ask again, and another is started.',
    exit: 1,
  })

const unreadable = (issue: { path: readonly PropertyKey[]; message: string } | undefined): WorkbenchError =>
  new WorkbenchError(
    'ANALYST_MESSAGE',
    `The analyst answered what cannot be read (${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''})`,
    { remedy: 'Ask again; where it happens each time, report it with the log of Settings, About.', exit: 1 },
  )
