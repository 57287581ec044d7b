import type { PixelStatistics } from '../../shared/trainingStatistics'

/** Statistics of the pixels of images that come one block after another. */
export class PixelTally {
  #low = Infinity
  #high = -Infinity
  #sum = 0
  #n = 0
  #means = { low: Infinity, high: -Infinity }

  /** @param images [N, D] @param width D, pixels of an image */
  add(images: Float32Array, width: number): void {
    for (let from = 0; from < images.length; from += width) {
      let sum = 0
      for (let at = from; at < from + width; at++) {
        const value = images[at]
        if (value < this.#low) this.#low = value
        if (value > this.#high) this.#high = value
        sum += value
      }
      this.#sum += sum
      this.#n++
      this.#means.low = Math.min(this.#means.low, sum / width)
      this.#means.high = Math.max(this.#means.high, sum / width)
    }
    this.#width = width
  }

  #width = 1

  /** Null of no images. */
  get statistics(): PixelStatistics | null {
    if (this.#n === 0) return null
    const mean = this.#sum / (this.#n * this.#width)
    return { low: this.#low, high: this.#high, mean, imageMeans: { ...this.#means } }
  }
}

/** The smallest of the values that `share` of them lie at or below. @param values not empty */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}
