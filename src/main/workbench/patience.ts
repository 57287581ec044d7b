import { isLocked, WorkbenchError } from '../../shared/errors'

/** SQLite has waited for its part; this only keeps a refusal that comes at once from filling the processor. */
const pauseMilliseconds = 250

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A write that waits for so long waits for a lock; so often is it told. */
const tellMilliseconds = 5000

/** Told while a run waits for the store. @param seconds so far */
export type OnLocked = (seconds: number) => void

export const storeLocked = (seconds: number): WorkbenchError =>
  new WorkbenchError('STORE_LOCKED', `The store is locked by another program, waiting ${Math.round(seconds)} s`, {
    where: 'the data folder',
    remedy: 'The run goes on as soon as the lock is released: end what holds workbench.sqlite.',
    exit: 1,
  })

/**
 * Writes, however long another program keeps the store locked.
 * @throws what the work throws, a lock excepted
 */
export async function patiently<Value>(work: () => Promise<Value>, onLocked: OnLocked): Promise<Value> {
  const began = performance.now()
  const teller = setInterval(() => onLocked((performance.now() - began) / 1000), tellMilliseconds)
  try {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!isLocked(error)) throw error
      }
      await wait(pauseMilliseconds)
    }
  } finally {
    clearInterval(teller)
  }
}
