/** Lowest and highest value that a colour scale tells apart. */
export interface Limits {
  low: number
  high: number
}

export interface Statistics {
  min: number
  max: number
  mean: number
}

/** Minimum, maximum and mean of the values; NaN for none. */
export function statistics(values: Float32Array): Statistics {
  if (values.length === 0) return { min: NaN, max: NaN, mean: NaN }
  let [min, max, sum] = [Infinity, -Infinity, 0]
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
    sum += value
  }
  return { min, max, mean: sum / values.length }
}

/** One scale for several images: from the lowest value of all to the highest. */
export function sharedLimits(images: readonly Float32Array[]): Limits {
  let [low, high] = [Infinity, -Infinity]
  for (const image of images) {
    const { min, max } = statistics(image)
    if (min < low) low = min
    if (max > high) high = max
  }
  if (low > high) return { low: 0, high: 1 }
  return low === high ? { low: low - 0.5, high: high + 0.5 } : { low, high }
}

/** Beyond so many times the range of the first frame a shared scale would show that frame as one grey. */
const mostGrowth = 20

/** A scale for each frame of a film: one for all, or, where the frames run off, each its own. */
export function filmLimits(frames: readonly Float32Array[]): { scope: 'shared' | 'own'; limits: Limits[] } {
  const shared = sharedLimits(frames)
  const own = frames.map((frame) => sharedLimits([frame]))
  const [first] = own
  if (first === undefined || shared.high - shared.low <= mostGrowth * (first.high - first.low)) {
    return { scope: 'shared', limits: frames.map(() => shared) }
  }
  return { scope: 'own', limits: own }
}

/** Pixels in [0, 1] at that scale; others, of float images, from the lowest of all to the highest. */
export function imageLimits(images: readonly Float32Array[]): Limits {
  const inUnit = images.map(statistics).every(({ min, max }) => min >= 0 && max <= 1)
  return inUnit ? { low: 0, high: 1 } : sharedLimits(images)
}

/** Limits ±m, m the 99.5 % quantile of |v|: a single extreme pixel does not flatten the rest, zero stays in the middle. */
export function signedLimits(values: Float32Array): Limits {
  const magnitudes = Float32Array.from(values, Math.abs).sort()
  const place = Math.max(0, Math.ceil(0.995 * magnitudes.length) - 1)
  const most = magnitudes[place] ?? 0
  const m = most || magnitudes.at(-1) || 1
  return { low: -m, high: m }
}

/** How many values lie outside the limits and are drawn in the end colours. */
export function clipped(values: Float32Array, { low, high }: Limits): number {
  let count = 0
  for (const value of values) if (value < low || value > high) count++
  return count
}
