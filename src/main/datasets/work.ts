import { setImmediate } from 'node:timers/promises'
import type { GreyFrames } from './greyFrame'

/** How long work that makes or reads data can be watched and given up. */
export interface Work {
  signal?: AbortSignal | undefined
  /** Share that is done, 0..1. */
  onProgress?: ((fraction: number) => void) | undefined
  /** Decodes image files, in another process for one; absent: in this one. */
  greyFrames?: GreyFrames | undefined
}

/** Longest time that a loop keeps the process from answering anything else. */
const sliceMilliseconds = 12

/**
 * Calls `step` for 0..count-1 and lets the process answer others in between.
 * @param part from and to: which part of the whole this loop is, for progress
 * @throws the signal's reason when it aborts
 */
export async function eachInSlices(
  count: number,
  step: (index: number) => void,
  { signal, onProgress }: Work,
  [from, to]: readonly [number, number] = [0, 1],
): Promise<void> {
  signal?.throwIfAborted()
  let until = performance.now() + sliceMilliseconds
  for (let index = 0; index < count; index++) {
    if (performance.now() > until) {
      onProgress?.(from + ((to - from) * index) / count)
      await setImmediate()
      signal?.throwIfAborted()
      until = performance.now() + sliceMilliseconds
    }
    step(index)
  }
  onProgress?.(to)
}

/** The same work with its progress as a part of a whole. */
export const partOf = ({ signal, onProgress, greyFrames }: Work, [from, to]: readonly [number, number]): Work => ({
  signal,
  greyFrames,
  onProgress: (fraction) => onProgress?.(from + (to - from) * fraction),
})
