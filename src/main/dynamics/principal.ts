import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { Plane } from './plane'
import { WorkbenchError } from '../../shared/errors'

export interface PrincipalPlane {
  axes: Plane['axes']
  /** Share of the variance along each axis. */
  explained: [number, number]
  /** Standard deviation of the images along the first axis. */
  spread: number
}

/**
 * The two leading principal components of a few images, from the n x n products of the centred images: n is far below D.
 * @param images [n, D] @throws PLANE_DEGENERATE where the images span no plane
 */
export function principalPlane(images: Float64Array, n: number): PrincipalPlane {
  const width = images.length / n
  const rows = Matrix.from1DArray(n, width, images)
  rows.center('column')
  const products = rows.mmul(rows.transpose())
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(products, {
    assumeSymmetric: true,
  })
  const total = values.reduce((sum, value) => sum + Math.max(value, 0), 0)
  const order = values.map((_, index) => index).sort((a, b) => values[b] - values[a])
  const leading = order.slice(0, 2)
  if (leading.length < 2 || !(values[leading[1]] > 1e-12 * total)) {
    throw new WorkbenchError('PLANE_DEGENERATE', 'The images of this set span no plane', {
      where: 'plane',
      remedy: 'Choose three images.',
    })
  }
  const axis = (index: number): Float64Array => {
    const combined = rows
      .transpose()
      .mmul(vectors.subMatrix(0, n - 1, index, index))
      .to1DArray()
    return Float64Array.from(combined, (value) => value / Math.sqrt(values[index]))
  }
  return {
    axes: [axis(leading[0]), axis(leading[1])],
    explained: [values[leading[0]] / total, values[leading[1]] / total],
    spread: Math.sqrt(values[leading[0]] / n),
  }
}
