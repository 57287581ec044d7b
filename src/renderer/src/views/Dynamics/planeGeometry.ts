import type { PlaneAnswer } from '../../../../shared/dynamics'

type Plane = Pick<PlaneAnswer, 'origin' | 'axes'>

/** origin + s axis₁ + t axis₂, in the model's own scale. @returns [D] */
export function pointAt({ origin, axes }: Plane, [s, t]: readonly [number, number]): Float32Array<ArrayBuffer> {
  const size = origin.length
  return Float32Array.from(origin, (value, i) => value + s * axes[i] + t * axes[size + i])
}

/**
 * Projects points on a plane. @param points [N, D]
 * @returns coordinates [N, 2] and distances from the plane [N]
 */
export function onPlane({ origin, axes }: Plane, points: Float64Array): { at: Float64Array; offPlane: Float64Array } {
  const size = origin.length
  const count = points.length / size
  const at = new Float64Array(2 * count)
  const offPlane = new Float64Array(count)
  for (let n = 0; n < count; n++) {
    let [s, t, square] = [0, 0, 0]
    for (let i = 0; i < size; i++) {
      const difference = points[n * size + i] - origin[i]
      s += difference * axes[i]
      t += difference * axes[size + i]
      square += difference * difference
    }
    at[2 * n] = s
    at[2 * n + 1] = t
    offPlane[n] = Math.sqrt(Math.max(0, square - s * s - t * t))
  }
  return { at, offPlane }
}
