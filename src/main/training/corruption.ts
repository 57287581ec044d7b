import type { CorruptionSpec, ModelKind } from '../../shared/spec'
import { input, type Node } from '../compute/graph'
import { cast, mul } from '../compute/ops'
import { fillKeepFlags, keepFlags } from '../compute/random'
import { uint8, type Tensor } from '../compute/tensor'

export type Masking = Pick<CorruptionSpec, 'kind' | 'level'> & { on?: CorruptionSpec['on'] }

export interface Corrupted {
  x: boolean
  y: boolean
}

/** Which images of a batch are masked: the one image, or those of a pair that `on` names. */
export function corruptedImages(kind: ModelKind, { kind: corruption, level, on }: Masking): Corrupted {
  if (corruption === 'none' || level === 0) return { x: false, y: false }
  if (kind !== 'gae') return { x: true, y: false }
  return { x: on !== 'y', y: on !== 'x' }
}

/** A batch with the pixels set to 0 whose flag is 0. @param name of the per-step input of the flags, uint8 [B, D] */
export const masked = (images: Node, name: string): Node => mul(images, cast(input(name, images.shape, 'uint8')))

/** Flags of `count` steps from step `first`. @returns uint8 [count, B, D]: 0 with probability `level`, else 1 */
export function maskTensor(
  seed: number,
  stream: number,
  first: number,
  count: number,
  shape: readonly [number, number],
  level: number,
): Tensor {
  const size = shape[0] * shape[1]
  const data = new Uint8Array(count * size)
  for (let at = 0; at < count; at++) {
    fillKeepFlags(data.subarray(at * size, (at + 1) * size), seed, stream, first + at, level)
  }
  return uint8(data, [count, ...shape])
}

/** A masked copy of all images, the same at every call. @param images [N, D] */
export function maskedCopy(images: Float32Array, seed: number, stream: number, level: number): Float32Array {
  const keep = keepFlags(seed, stream, 0, images.length, level)
  return images.map((value, at) => value * keep[at])
}
