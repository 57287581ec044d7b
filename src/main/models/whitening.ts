import { availableParallelism } from 'node:os'
import { graph, input } from '../compute/graph'
import { openDoubles } from '../compute/onnx/doubles'
import { matmul } from '../compute/ops'
import { float64 } from '../compute/tensor'
import type { Breathe } from './batchedGraph'

/** ZCA whitening, learned of the training images: y = (v - mean) matrix. */
export interface Whitening {
  /** Mean of the images that it was learned of [D]. */
  mean: Float32Array
  /** U (Λ + epsilon)^(-1/2) Uᵀ of their covariance U Λ Uᵀ, row-major [D, D]. */
  matrix: Float32Array
  /** Added to every variance, so that directions without variance stay small. */
  epsilon: number
}

/** Of both images of a pair; y null for models of one image. */
export interface Whitenings {
  x: Whitening
  y: Whitening | null
}

/** Images a product. */
const largestBatch = 500

/**
 * In float64 on the CPU whatever engine trains: every engine sees the same images, and an image is seen by the analyst
 * as it was in training.
 */
export const whiteningCompiler = openDoubles(availableParallelism())

/** Rows `start` to `start + count` of images, their mean image removed; rows beyond them are 0. @returns [batch, D] */
export function centredRows(
  images: Float32Array,
  mean: Float32Array | Float64Array,
  { start, count, batch }: { start: number; count: number; batch: number },
): Float64Array {
  const pixels = mean.length
  const rows = new Float64Array(batch * pixels)
  for (let at = 0; at < count * pixels; at++) rows[at] = images[start * pixels + at] - mean[at % pixels]
  return rows
}

/** @param images [N, D] @returns a new array [N, D] */
export async function whitened(images: Float32Array, whitening: Whitening, breathe: Breathe): Promise<Float32Array> {
  const pixels = whitening.mean.length
  const n = images.length / pixels
  const result = new Float32Array(images.length)
  const batch = Math.min(n, largestBatch)
  if (batch === 0) return result
  const product = matmul(input('rows', [batch, pixels]), input('matrix', [pixels, pixels]))
  const executable = await whiteningCompiler.compile(graph({ product }))
  try {
    const matrix = float64(Float64Array.from(whitening.matrix), [pixels, pixels])
    for (let start = 0; start < n; start += batch) {
      const count = Math.min(batch, n - start)
      const rows = float64(centredRows(images, whitening.mean, { start, count, batch }), [batch, pixels])
      const found = await executable.run({ rows, matrix })
      result.set((found.product.data as Float64Array).subarray(0, count * pixels), start * pixels)
      await breathe()
    }
  } finally {
    await executable.dispose()
  }
  return result
}
