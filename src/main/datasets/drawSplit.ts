import type { SplitName } from '../../shared/datasets'
import type { Generator } from './generators/generator'
import type { Random } from './random'
import { eachInSlices, type Work } from './work'

/** Examples as a generator draws them, bytes 0..255: x [n, D], y [n, D'] for pairs, labels [n] where there are classes. */
export interface DrawnExamples {
  x: Uint8Array
  y: Uint8Array | null
  labels: Int32Array | null
  /** Image of the source's split that each is made of [n]; null where they are made of none. */
  sources: Int32Array | null
}

/**
 * Draws n examples of a split.
 * @param part from and to: which part of the whole work this is, for progress
 */
export async function drawSplit(
  { kind, shape, targetShape, classes, begin }: Generator,
  split: SplitName,
  n: number,
  random: Random,
  work: Work,
  part: readonly [number, number] = [0, 1],
): Promise<DrawnExamples> {
  const width = shape[0] * shape[1]
  const targetWidth = targetShape === null ? 0 : targetShape[0] * targetShape[1]
  const x = new Uint8Array(n * width)
  const y = kind === 'pairs' ? new Uint8Array(n * targetWidth) : null
  const labels = classes === null ? null : new Int32Array(n)
  // A split without examples needs no source that has such a split.
  if (n === 0) return { x, y, labels, sources: null }
  let sources: Int32Array | null = null
  const draw = await begin(split, random)
  const step = (index: number): void => {
    const target = y?.subarray(index * targetWidth, (index + 1) * targetWidth) ?? null
    const label = draw(x.subarray(index * width, (index + 1) * width), target, (source) => {
      sources ??= new Int32Array(n)
      sources[index] = source
    })
    if (labels !== null) labels[index] = label
  }
  await eachInSlices(n, step, work, part)
  return { x, y, labels, sources }
}
