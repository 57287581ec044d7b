import { setImmediate } from 'node:timers/promises'

/** How long work that makes or reads data can be watched and given up. */
export interface Work {
  signal?: AbortSignal | undefined
  /** Share that is done, 0..1. */
  onProgress?: ((fraction: number) => void) | undefined
}

/** Longest time that a loop keeps the process from answering anything else. */
const sliceMilliseconds = 12

/**
 * Calls `step` for 0..count-1 and lets the process answer others in between.
 * @param from, to part of the whole that this loop is, for progress
 * @throws the signal's reason when it aborts
 */
export async function eachInSlices(
  count: number,
  step: (index: number) => void,
  { signal, onProgress }: Work,
  [from, to]: readonly [number, number] = [0, 1],
): Promise<void> {
  let until = performance.now() + sliceMilliseconds
  for (let index = 0; index < count; index++) {
    // The clock is read every few rows only.
    if (index % 16 === 0 && performance.now() > until) {
      onProgress?.(from + ((to - from) * index) / count)
      await setImmediate()
      until = performance.now() + sliceMilliseconds
    }
    if (index % 16 === 0) signal?.throwIfAborted()
    step(index)
  }
  onProgress?.(to)
}
