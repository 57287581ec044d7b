import { readFileSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'

/** Memory that this process and its children may have, in bytes. */
export interface MachineMemory {
  /** Of the machine, or of the container that this runs in. */
  whole: number
  /** What is not in use now. */
  free: number
}

/** A file of a control group that holds a number; null where there is none. */
function numberIn(path: string): number | null {
  try {
    const value = Number(readFileSync(path, 'utf8'))
    return Number.isFinite(value) ? value : null
  } catch {
    return null
  }
}

/** What the processes of this control group use; cached files are given back when memory is asked for. */
function usedHere(): number | null {
  const used = numberIn('/sys/fs/cgroup/memory.current') ?? numberIn('/sys/fs/cgroup/memory/memory.usage_in_bytes')
  if (used === null) return null
  for (const file of ['/sys/fs/cgroup/memory.stat', '/sys/fs/cgroup/memory/memory.stat']) {
    try {
      const cached = /^(?:total_)?inactive_file (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1]
      return Math.max(0, used - Number(cached ?? 0))
    } catch {
      continue
    }
  }
  return used
}

export function machineMemory(): MachineMemory {
  const [machine, free] = [totalmem(), freemem()]
  const limit = process.constrainedMemory()
  // Without a limit some systems give 0, others more than any machine has.
  if (!(limit > 0 && limit < machine)) return { whole: machine, free }
  return { whole: limit, free: Math.min(free, Math.max(0, limit - (usedHere() ?? limit - process.availableMemory()))) }
}
