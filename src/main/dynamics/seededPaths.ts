import { gaussians, uniforms } from '../compute/random'
import { dot, norm, plus } from './vector'
import type { Visible } from '../../shared/kinds/keys'

/** Streams of the random draws. */
const [loopStream, pathStream] = [1, 2]

/** logit(y) is taken of pixels in [margin, 1 - margin] only: at 0 and 1 it is infinite. */
const margin = 0.01

/** A start where the force of Bernoulli visibles is finite, and how many pixels were moved for it. */
export function movedInwards(visible: Visible, start: Float64Array): { point: Float64Array; moved: number } {
  if (visible === 'gaussian') return { point: start, moved: 0 }
  const point = start.map((value) => Math.min(1 - margin, Math.max(margin, value)))
  return { point, moved: point.reduce((count, value, i) => count + (value === start[i] ? 0 : 1), 0) }
}

/** A random direction of length 1, at right angles to `to` where it is given. */
function direction(seed: number, stream: number, draw: number, size: number, to?: Float64Array): Float64Array {
  const drawn = gaussians(seed, stream, draw, size)
  const free = to === undefined ? drawn : plus(drawn, to, -dot(drawn, to))
  const length = norm(free)
  return free.map((value) => (length === 0 ? 0 : value / length))
}

/** Half-way from the start to a random point of the cube in which all pixels lie. */
function within(start: Float64Array, seed: number, stream: number, draw: number): Float64Array {
  const target = uniforms(seed, stream, draw, start.length)
  return start.map((value, i) => (value + margin + (1 - 2 * margin) * target[i]) / 2)
}

/**
 * Corners of a triangle through the start: equilateral, its side the start's norm (1 where that is 0); with Bernoulli
 * visibles two points of the cube [0,1]^D.
 */
export function seededTriangle(visible: Visible, start: Float64Array, seed: number): Float64Array[] {
  if (visible === 'bernoulli') return [start, within(start, seed, loopStream, 0), within(start, seed, loopStream, 1)]
  const side = norm(start) || 1
  const first = direction(seed, loopStream, 0, start.length)
  const second = direction(seed, loopStream, 1, start.length, first)
  const middle = plus(start, first, side / 2)
  return [start, plus(start, first, side), plus(middle, second, (Math.sqrt(3) / 2) * side)]
}

/** The straight path from the start to a seeded point, and one over two seeded points beside it. */
export function seededPaths(visible: Visible, start: Float64Array, seed: number): [Float64Array[], Float64Array[]] {
  const length = norm(start) || 1
  const [end, first, second] = [0, 1, 2].map((draw) =>
    visible === 'bernoulli'
      ? within(start, seed, pathStream, draw)
      : plus(start, direction(seed, pathStream, draw, start.length), length),
  )
  return [
    [start, end],
    [start, first, second, end],
  ]
}
