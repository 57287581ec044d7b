import { WorkbenchError } from '../../shared/errors'
import type { AnalystAnswers, AnalystCallInput, AnalystResponse } from '../../shared/analyst'
import type { Child, Launch } from '../children/child'

interface Pending {
  resolve(value: never): void
  reject(error: Error): void
}

/** The analyst child: launched at the first call, launched anew after a crash; a crash rejects the calls under way. */
export class AnalystClient {
  #child: Child | null = null
  #calls = 0
  readonly #pending = new Map<number, Pending>()

  constructor(private readonly launch: Launch) {}

  call<Call extends AnalystCallInput>(call: Call): Promise<AnalystAnswers[Call['method']]> {
    const child = this.#start()
    const id = ++this.#calls
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      child.send({ id, call })
    })
  }

  stop(): void {
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
      for (const { reject } of this.#pending.values()) {
        reject(
          new WorkbenchError('ANALYST_DIED', `The analyst process ended (${how})`, {
            remedy: 'Try again; it has been started anew.',
            exit: 1,
          }),
        )
      }
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
    pending.reject(new WorkbenchError(code, message, { where, remedy }))
  }
}
