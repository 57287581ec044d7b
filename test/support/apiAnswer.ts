import type { RawPage, Reply } from './servedProcess'

/** Procedures that answer more than once; version 0.1.0 called this one by its second name. */
const subscriptions = new Set(['batches.score', 'pairs.batch'])

/**
 * What the workbench's API says, as JSON has it: typed arrays are lists of numbers.
 * @returns of a procedure that answers more than once: the list of its answers
 */
export async function apiAnswer(page: RawPage, path: string, input: unknown): Promise<unknown> {
  if (!subscriptions.has(path)) return plain(dataOf(await page.call('query', path, input)))
  const events: unknown[] = []
  const ended = (reply: Reply) => (reply.result as { type?: string } | undefined)?.type === 'stopped'
  for (let reply = await page.call('subscription', path, input); !ended(reply); reply = await page.reply()) {
    const data = dataOf(reply)
    if (data !== undefined) events.push(plain(data))
  }
  return events
}

function dataOf({ error, result }: Reply): unknown {
  if (error !== undefined) throw new Error(error.message)
  return result?.data
}

const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one: unknown) => (ArrayBuffer.isView(one) ? [...(one as Uint8Array)] : one)))
