import { WorkbenchError } from '../../shared/errors'
import type { AnalystAnswers, AnalystCallInput, AnalystCancel, AnalystResponse } from '../../shared/analyst'
import type { Child, Launch } from '../children/child'

interface Pending {
  resolve(value: never): void
  reject(error: Error): void
}

/**
 * The analyst child: launched at the first call, launched anew after a crash; a crash rejects the calls under way. Once
 * stopped it launches none: a call that comes late would keep the workbench from ending.
 */
export class AnalystClient {
  #child: Child | null = null
  #calls = 0
  #stopped = false
  readonly #pending = new Map<number, Pending>()

  constructor(private readonly launch: Launch) {}

  /** @param signal ends the call early, with the code CANCELLED */
  call<Call extends AnalystCallInput>(call: Call, signal?: AbortSignal): Promise<AnalystAnswers[Call['method']]> {
    if (this.#stopped) return Promise.reject(ended('The workbench is closing', 'Start it again and ask once more.'))
    const child = this.#start()
    const id = ++this.#calls
    const cancel = () => child.send({ cancel: id } satisfies AnalystCancel)
    const answer = new Promise<AnalystAnswers[Call['method']]>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
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
    child.onMessage((message) => this.#answer(message as AnalystResponse))
    child.onExit((exit) => {
      if (this.#child === child) this.#child = null
      const how = exit.signal ?? `exit code ${exit.code}`
      const error = ended(`The analyst process ended (${how})`, 'Try again; it has been started anew.')
      for (const { reject } of this.#pending.values()) reject(error)
      this.#pending.clear()
    })
    this.#child = child
    return child
  }

  #answer(response: AnalystResponse): void {
    const pending = this.#pending.get(response.id)
    if (pending === undefined) return
    this.#pending.delete(response.id)
    if (response.ok) return pending.resolve(response.value as never)
    const { code, message, where, remedy } = response.error
    const details = { where, remedy, ...(code === 'CANCELLED' ? { exit: 130 as const } : {}) }
    pending.reject(new WorkbenchError(code, message, details))
  }
}

const ended = (message: string, remedy: string): WorkbenchError =>
  new WorkbenchError('ANALYST_DIED', message, { remedy, exit: 1 })
