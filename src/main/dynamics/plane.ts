import { WorkbenchError } from '../../shared/errors'
import type { PlaneAnchor } from '../../shared/dynamics'
import { dot, norm, plus, rowAt } from './vector'

/** A plane in image space: origin + s axis₁ + t axis₂, the axes orthonormal. */
export interface Plane {
  origin: Float64Array
  axes: [Float64Array, Float64Array]
}

/** Below this share of the first axis three points count as lying on one line. */
const leastSpread = 1e-6

/** The plane through three points; the first is its origin, the first axis points to the second. @throws PLANE_DEGENERATE */
export function planeThrough([a, b, c]: readonly [Float64Array, Float64Array, Float64Array]): Plane {
  const along = plus(b, a, -1)
  const length = norm(along)
  const first = along.map((value) => value / length)
  const side = plus(c, a, -1)
  const rest = plus(side, first, -dot(side, first))
  const width = norm(rest)
  if (!(length > 0) || !(width > leastSpread * Math.max(length, norm(side)))) {
    throw new WorkbenchError('PLANE_DEGENERATE', 'The three points lie on one line, so no plane is theirs alone', {
      where: 'plane',
      remedy: 'Choose the principal components or three images. A fixed point has no iterates to span a plane.',
    })
  }
  return { origin: a, axes: [first, rest.map((value) => value / width)] }
}

/** Coordinates of the foot of a point on a plane, and its distance from there. */
export function project({ origin, axes }: Plane, point: Float64Array): { at: [number, number]; offPlane: number } {
  const from = plus(point, origin, -1)
  const [s, t] = axes.map((axis) => dot(from, axis))
  return { at: [s, t], offPlane: norm(plus(plus(from, axes[0], -s), axes[1], -t)) }
}

export interface Grid {
  s: Float64Array
  t: Float64Array
}

/** Room around what the grid shall hold, as a share of its width. */
const margin = 0.15
/** Points of a trajectory farther than this many anchor widths are left to the axis' end. */
const farthest = 4

const spaced = (middle: number, extent: number, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => middle + extent * ((2 * i) / (n - 1) - 1))

/**
 * A square grid of n x n points: around the first anchor where an extent is given, else what holds the anchors and the
 * trajectory, unless that runs off.
 * @param reach half a width that makes sense where the anchors are one point @param path [N, 2]
 */
export function gridAround(
  anchors: readonly PlaneAnchor[],
  path: Float64Array,
  reach: number,
  n: number,
  extent: number | null,
): Grid {
  const [first] = anchors
  if (extent !== null) return { s: spaced(first.at[0], extent, n), t: spaced(first.at[1], extent, n) }
  const held = anchors.map(({ at }) => at)
  const [, width] = middleAndWidth(held)
  const near = Math.max(width, 2 * reach) * farthest
  for (let row = 0; row < path.length / 2; row++) {
    const [s, t] = rowAt(path, 2, row)
    if (Math.hypot(s - first.at[0], t - first.at[1]) <= near) held.push([s, t])
  }
  const [[s, t], whole] = middleAndWidth(held)
  const half = Math.max((whole / 2) * (1 + 2 * margin), reach)
  return { s: spaced(s, half, n), t: spaced(t, half, n) }
}

function middleAndWidth(points: readonly (readonly [number, number])[]): [[number, number], number] {
  const range = (axis: 0 | 1) => {
    const values = points.map((point) => point[axis])
    return [Math.min(...values), Math.max(...values)] as const
  }
  const [[left, right], [low, high]] = [range(0), range(1)]
  return [[(left + right) / 2, (low + high) / 2], Math.max(right - left, high - low)]
}

/** Points of the grid in image space, row by row (t). @returns [n², D] */
export function gridPoints({ origin, axes }: Plane, { s, t }: Grid): Float64Array {
  const width = origin.length
  const points = new Float64Array(s.length * t.length * width)
  t.forEach((down, row) => {
    const line = plus(origin, axes[1], down)
    s.forEach((right, column) => points.set(plus(line, axes[0], right), (row * s.length + column) * width))
  })
  return points
}

export interface PlaneArrows {
  /** [n², 2] */
  arrows: Float32Array
  /** ‖F‖ [n²] */
  norms: Float32Array
  /** Σ‖projected F‖² / Σ‖F‖² */
  inPlaneShare: number
}

/** What of a field lies in a plane. @param field [n², D] */
export function projectField({ axes }: Plane, field: Float64Array): PlaneArrows {
  const width = axes[0].length
  const count = field.length / width
  const arrows = new Float32Array(count * 2)
  const norms = new Float32Array(count)
  let [inPlane, all] = [0, 0]
  for (let row = 0; row < count; row++) {
    const one = rowAt(field, width, row)
    const [right, up] = axes.map((axis) => dot(one, axis))
    const square = dot(one, one)
    arrows.set([right, up], row * 2)
    norms[row] = Math.sqrt(square)
    inPlane += right ** 2 + up ** 2
    all += square
  }
  return { arrows, norms, inPlaneShare: all === 0 ? 0 : inPlane / all }
}
