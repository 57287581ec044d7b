import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { tail } from '../children/child'

const readySchema = z.object({ peer: z.string() })
const answerSchema = z.object({ milliseconds: z.number().positive(), loss: z.number() })

/** Another program that takes the benchmarked step. */
export interface Peer {
  /** What computes, in words: "numpy 2.4". */
  readonly name: string
  /** @returns milliseconds of so many steps */
  run(steps: number): Promise<number>
  close(): void
}

/**
 * Starts a program that speaks as test/bench/peers/conversation.py says.
 * @throws Error with the last line of what it complains of: a missing program or package
 */
export async function startPeer(program: string, options: readonly string[]): Promise<Peer> {
  const child = spawn(program, options, { stdio: ['pipe', 'pipe', 'pipe'] })
  const complaint = tail()
  child.stderr.setEncoding('utf8').on('data', complaint.push)
  const failed = new Promise<never>((_, reject) => {
    child.once('error', ({ message }) => reject(new Error(`${program}: ${message}`)))
    child.once('close', (code) => {
      reject(new Error(`${program}: ${complaint.text().split('\n').at(-1) || `exit code ${code}`}`))
    })
  })
  // Where nobody waits, an end is no fault.
  failed.catch(() => undefined)
  child.stdin.on('error', () => undefined)
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const answer = async <Answer>(schema: z.ZodType<Answer>): Promise<Answer> => {
    const line = await Promise.race([lines.next(), failed])
    if (line.done) return failed
    try {
      return schema.parse(JSON.parse(line.value))
    } catch (cause) {
      // A loss that is not finite is no JSON either.
      throw new Error(`${program} answered ${line.value}`, { cause })
    }
  }
  const { peer } = await answer(readySchema)
  return {
    name: peer,
    run: async (steps) => {
      child.stdin.write(`${steps}\n`)
      return (await answer(answerSchema)).milliseconds
    },
    close: () => child.kill(),
  }
}
