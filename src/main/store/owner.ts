import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process it is, so that no later one with its number is taken for it. */
export interface Owner {
  pid: number
  /** When it began, as its system says; '' where that is not known. */
  start: string
  /** Which start of the system; '' where that is not known. */
  boot: string
  /** The machine, and the container if it is in one: only there does the number mean the process. */
  place: string
}

const tryRead = (read: () => string): string => {
  try {
    return read()
  } catch {
    return ''
  }
}

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

/** Field 22 of a Linux process's facts; what stands before it may hold spaces, in brackets. */
const startOf = (pid: number): string =>
  tryRead(() => {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  })

let own: Owner | null = null

export function thisProcess(): Owner {
  own ??= {
    pid: process.pid,
    start: startOf(process.pid),
    boot: tryRead(() => short(readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'))),
    place: short(`${hostname()} ${tryRead(() => readlinkSync('/proc/self/ns/pid'))}`),
  }
  return own
}

/** As one word, for a column and for file names. */
export const ownerTag = ({ pid, start, boot, place }: Owner = thisProcess()): string =>
  `${pid}-${start}-${boot}-${place}`

const tag = /^(\d+)-(\d*)-([\da-f]*)-([\da-f]+)$/

/** @returns null for what is no tag: an older workbench wrote none */
export function parseOwner(text: string): Owner | null {
  const found = tag.exec(text)
  if (found === null) return null
  const [, pid = '', start = '', boot = '', place = ''] = found
  return { pid: Number(pid), start, boot, place }
}

/** True where no process of this host has the id. One that belongs to another user counts as alive. */
export function processIsDead(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** True where it is certain that the process has ended; of another machine's nothing is certain. */
export function ownerIsDead(owner: Owner): boolean {
  const here = thisProcess()
  if (owner.place !== here.place) return false
  if (owner.boot !== here.boot || processIsDead(owner.pid)) return true
  const start = startOf(owner.pid)
  return owner.start !== '' && start !== '' && start !== owner.start
}
