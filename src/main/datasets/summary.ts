import { setImmediate } from 'node:timers/promises'
import type { DatasetSummary, PixelSummary, SplitName } from '../../shared/datasets'
import { openDatasetFile, type DatasetFile } from './datasetFile'
import type { Work } from './work'

const histogramBins = 32

/** Sums over images of D pixels, kept while rows come. */
class PixelSums {
  #n = 0
  #low = Infinity
  #high = -Infinity
  readonly #sum: Float64Array

  /** @param width D, pixels of an image */
  constructor(private readonly width: number) {
    this.#sum = new Float64Array(width)
  }

  /** @param row [D] */
  add(row: Float32Array): void {
    this.#n++
    for (let pixel = 0; pixel < this.width; pixel++) {
      const value = row[pixel]
      if (value < this.#low) this.#low = value
      if (value > this.#high) this.#high = value
      this.#sum[pixel] += value
    }
  }

  /** Limits of the histogram: [0,1] where that holds all, else the values' own. */
  get limits(): { low: number; high: number } {
    return this.#low >= 0 && this.#high <= 1 ? { low: 0, high: 1 } : { low: this.#low, high: this.#high }
  }

  summary(counts: Float64Array): PixelSummary {
    if (this.#n === 0) {
      return { mean: new Float32Array(this.width), low: 0, high: 0, histogram: { low: 0, high: 1, counts } }
    }
    return {
      mean: Float32Array.from(this.#sum, (sum) => sum / this.#n),
      low: this.#low,
      high: this.#high,
      histogram: { ...this.limits, counts },
    }
  }
}

/** Calls `act` with each image of the split, or of one class of it; lets the process answer others in between. */
async function eachImage(
  file: DatasetFile,
  split: SplitName,
  only: number | null,
  { signal }: Work,
  act: (x: Float32Array, y: Float32Array | null) => void,
): Promise<void> {
  for await (const { n, x, y, labels } of file.blocks(split)) {
    signal?.throwIfAborted()
    const [width, targetWidth] = [x.length / n, (y?.length ?? 0) / n]
    for (let row = 0; row < n; row++) {
      if (only !== null && labels?.[row] !== only) continue
      act(x.subarray(row * width, (row + 1) * width), y?.subarray(row * targetWidth, (row + 1) * targetWidth) ?? null)
    }
    await setImmediate()
  }
}

/** Counts how many values of a row lie in each of the equal parts of [low, high]; the last holds `high` too. */
function countInto(counts: Float64Array, row: Float32Array, { low, high }: { low: number; high: number }): void {
  const scale = high > low ? counts.length / (high - low) : 0
  for (const value of row) counts[Math.min(counts.length - 1, Math.floor((value - low) * scale))]++
}

/**
 * Mean image, range and histogram of the pixels of a split, and its class counts. Reads the file twice: the limits of the
 * histogram are known after the first time.
 * @param only one class's images; null: all
 */
export async function summarise(
  path: string,
  split: SplitName,
  only: number | null,
  work: Work = {},
): Promise<DatasetSummary> {
  const file = await openDatasetFile(path)
  const { shape, targetShape, classes } = file.info
  const x = new PixelSums(shape[0] * shape[1])
  const y = targetShape === null ? null : new PixelSums(targetShape[0] * targetShape[1])
  let n = 0
  await eachImage(file, split, only, work, (xRow, yRow) => {
    n++
    x.add(xRow)
    if (yRow !== null) y?.add(yRow)
  })
  const counts = { x: new Float64Array(histogramBins), y: new Float64Array(histogramBins) }
  const [xLimits, yLimits] = [x.limits, y?.limits]
  await eachImage(file, split, only, work, (xRow, yRow) => {
    countInto(counts.x, xRow, xLimits)
    if (yRow !== null && yLimits !== undefined) countInto(counts.y, yRow, yLimits)
  })
  const labels = classes === null ? null : await file.labels(split)
  return {
    n,
    classCounts: labels && classes && countClasses(labels, classes.length),
    x: x.summary(counts.x),
    y: y?.summary(counts.y) ?? null,
  }
}

function countClasses(labels: Int32Array, classes: number): Int32Array {
  const counts = new Int32Array(classes)
  for (const label of labels) counts[label]++
  return counts
}
