import { fillNoise } from '../../compute/random'
import { sizeOf, type Shape } from '../../compute/shapes'
import { float32, type Tensor, type Tensors } from '../../compute/tensor'
import type { Purpose } from '../data/streams'

/** Random numbers that each step of a training is fed. */
export interface Draw {
  /** What it is for: names the per-step input, and decides the stream. */
  purpose: Purpose
  /** Bytes of one step. */
  bytes: number
  /** Of `count` steps from global step `first`, which depend on nothing else that is random. @returns [count, ...] */
  tensor(seed: number, stream: number, first: number, count: number): Tensor
}

/** Fills one array with the numbers of each step in turn. @param shape [count, ...] */
export function drawSteps<Numbers extends Uint8Array | Float32Array>(
  numbers: Numbers,
  [count, ...rest]: Shape,
  first: number,
  fill: (part: Numbers, step: number) => void,
): Numbers {
  const size = sizeOf(rest)
  for (let at = 0; at < count; at++) fill(numbers.subarray(at * size, (at + 1) * size) as Numbers, first + at)
  return numbers
}

/** Numbers of N(0, deviation²) for steps from `first`. @param shape [count, ...] */
export const noiseSteps = (seed: number, stream: number, first: number, shape: Shape, deviation: number): Tensor =>
  float32(
    drawSteps(new Float32Array(sizeOf(shape)), shape, first, (part, step) =>
      fillNoise(part, seed, stream, step, deviation),
    ),
    shape,
  )

/** What the draws of a step graph are fed. @param streamFor stream of a purpose */
export function drawTensors(
  draws: readonly Draw[],
  seed: number,
  streamFor: (purpose: Purpose) => number,
  first: number,
  count: number,
): Tensors {
  return Object.fromEntries(
    draws.map(({ purpose, tensor }) => [purpose, tensor(seed, streamFor(purpose), first, count)]),
  )
}

export const bytesOfDraws = (draws: readonly Draw[]): number => draws.reduce((total, { bytes }) => total + bytes, 0)
