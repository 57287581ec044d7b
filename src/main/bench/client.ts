import { WorkbenchError } from '../../shared/errors'
import type { Launch } from '../children/child'
import { benchAnswerSchema, type BenchRequest } from './messages'

/** A bench child as seen from the process that started it. */
export interface BenchChild {
  /** Asks for one measurement. @returns milliseconds */
  ask(request: BenchRequest): Promise<number>
  close(): void
}

/** Starts a bench child and opens an engine in it. @throws WorkbenchError where the machine lacks it */
export async function startBenchChild(
  launch: Launch,
  engine: Omit<Extract<BenchRequest, { type: 'open' }>, 'type'>,
): Promise<BenchChild> {
  const child = launch('bench')
  let settle: { resolve(milliseconds: number): void; reject(error: Error): void } | null = null
  child.onMessage((message) => {
    const answer = benchAnswerSchema.safeParse(message)
    if (!answer.success) {
      return settle?.reject(
        new WorkbenchError('BENCH', 'The measuring process answered what cannot be read', { exit: 1 }),
      )
    }
    if (answer.data.type === 'done') return settle?.resolve(answer.data.milliseconds)
    const { code, message: text, where, remedy } = answer.data.error
    settle?.reject(new WorkbenchError(code, text, { where, remedy, exit: 1 }))
  })
  child.onExit(({ code, signal, stderr }) => {
    settle?.reject(
      new WorkbenchError('BENCH', `The measuring process ended (${signal ?? code})`, {
        where: stderr || null,
        exit: 1,
      }),
    )
  })
  const bench: BenchChild = {
    ask: (request) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        child.send(request)
      }),
    close: () => child.kill(),
  }
  await bench.ask({ type: 'open', ...engine }).catch((error: unknown) => {
    bench.close()
    throw error
  })
  return bench
}
