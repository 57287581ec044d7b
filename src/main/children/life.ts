import { readFile } from 'node:fs/promises'

/** A process as the operating system sees it. */
export interface Life {
  /** Held by a signal (SIGSTOP, a debugger): it can neither compute nor answer. */
  stopped: boolean
  /** Processor seconds of all its threads so far. */
  seconds: number
}

/** Asks the operating system about a process; null where that tells nothing. */
export type Look = (pid: number) => Promise<Life | null>

/** Clock ticks a second in /proc, the same on every Linux that Node runs on. */
const ticks = 100

/** By Linux's /proc; other systems tell nothing without another program. */
export const lookAtProcess: Look = async (pid) => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (text === null) return null
  // The name of the program stands in brackets and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { stopped: fields[0] === 'T' || fields[0] === 't', seconds: (Number(fields[11]) + Number(fields[12])) / ticks }
}
