import type { Room } from '../store/leases'

/**
 * How many runs of the queue work at once. Left to the workbench: as many as there are cores, of runs that are held to
 * one thread; one that wants all cores works alone. Where a user says how many, each run gets its share of the cores, and
 * keeps it (docs/adr/0009-the-queue-fills-the-machine.md has what was measured).
 * @param chosen by the user; null: left to the workbench
 */
export function roomOf(chosen: number | null, cores: number): Room {
  if (chosen === null) return { slots: cores, share: null, whole: true }
  return { slots: chosen, share: chosen === 1 ? null : Math.max(1, Math.floor(cores / chosen)), whole: false }
}

/** Slots that a run takes; `Leases.take` says the same in SQL. */
export function widthOf(run: { threads: number | null; generation: number }, { slots, share, whole }: Room): number {
  const threads = run.threads ?? (run.generation === 0 ? share : null)
  if (threads === null) return slots
  return whole ? Math.min(threads, slots) : 1
}
