import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { WorkbenchError } from '../../../shared/errors'
import { graph, input } from '../../compute/graph'
import { matmul } from '../../compute/ops'
import { float64 } from '../../compute/tensor'
import type { Breathe } from '../../models/batchedGraph'
import { meanImage } from '../../models/preprocess'
import { centredRows, whiteningCompiler, type Whitening } from '../../models/whitening'

/**
 * Epsilon as a share of the mean variance of a pixel. Pixels of images are so correlated that most directions hold next
 * to no variance: unit variance there would be noise blown up. A tenth of the mean whitens the directions of structure
 * and leaves those far below it small, in whatever units pixels are.
 */
const epsilonShare = 0.1

const largestBatch = 1000

/** Covariance of images about their mean, in float64. @param images [N, D] @returns [D, D] */
async function covarianceOf(images: Float32Array, mean: Float32Array, breathe: Breathe): Promise<Float64Array> {
  const pixels = mean.length
  const n = images.length / pixels
  const batch = Math.min(n, largestBatch)
  const rows = input('rows', [batch, pixels])
  const executable = await whiteningCompiler.compile(graph({ products: matmul(rows, rows, { transA: true }) }))
  const sums = new Float64Array(pixels * pixels)
  try {
    for (let start = 0; start < n; start += batch) {
      const centred = centredRows(images, mean, { start, count: Math.min(batch, n - start), batch })
      const { products } = await executable.run({ rows: float64(centred, [batch, pixels]) })
      for (let at = 0; at < sums.length; at++) sums[at] += products.data[at]
      await breathe()
    }
  } finally {
    await executable.dispose()
  }
  return sums.map((sum) => sum / n)
}

/**
 * ZCA whitening (Bell & Sejnowski 1997) of a training set: the symmetric matrix that makes its covariance U Λ Uᵀ into
 * U Λ (Λ + epsilon)^-1 Uᵀ and of all such matrices changes the images least.
 * @param images [N, D] after contrast and centring @param where names the images in an error
 * @throws IMAGES_CONSTANT
 */
export async function fitWhitening(
  images: Float32Array,
  pixels: number,
  where: string,
  breathe: Breathe,
): Promise<Whitening> {
  const mean = meanImage(images, pixels)
  const covariance = await covarianceOf(images, mean, breathe)
  let variance = 0
  for (let at = 0; at < covariance.length; at += pixels + 1) variance += covariance[at] / pixels
  if (!(variance > 0)) {
    throw new WorkbenchError('IMAGES_CONSTANT', 'All training images are the same: there is nothing to whiten', {
      where,
      remedy: 'Set preprocess.whiten to false, or choose another dataset.',
      exit: 1,
    })
  }
  const epsilon = epsilonShare * variance
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(
    Matrix.from1DArray(pixels, pixels, covariance),
    { assumeSymmetric: true },
  )
  await breathe()
  const matrix = await scaledProjection(vectors, values, epsilon)
  return { mean, matrix: Float32Array.from(matrix), epsilon }
}

/** U (Λ + epsilon)^(-1/2) Uᵀ; rounding leaves eigenvalues of 0 a little below it. */
async function scaledProjection(vectors: Matrix, values: readonly number[], epsilon: number): Promise<Float64Array> {
  const size = values.length
  const factors = values.map((value) => (Math.max(value, 0) + epsilon) ** -0.25)
  const half = Float64Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size]
    return vectors.get(row, column) * factors[column]
  })
  const halves = input('halves', [size, size])
  const executable = await whiteningCompiler.compile(graph({ matrix: matmul(halves, halves, { transB: true }) }))
  try {
    return (await executable.run({ halves: float64(half, [size, size]) })).matrix.data as Float64Array
  } finally {
    await executable.dispose()
  }
}
