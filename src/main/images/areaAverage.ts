/** How a target pixel's interval overlaps source pixel `at`: targets `first`..., each with the covered length. */
function overlaps(at: number, source: number, target: number): { first: number; lengths: number[] } {
  const first = Math.floor((at * target) / source)
  const last = Math.min(target, Math.ceil(((at + 1) * target) / source)) - 1
  const lengths: number[] = []
  for (let i = first; i <= last; i++) {
    const begin = Math.max(at, (i * source) / target)
    const end = Math.min(at + 1, ((i + 1) * source) / target)
    lengths.push(Math.max(0, end - begin))
  }
  return { first, lengths }
}

/**
 * Each target pixel is the mean of the source over its area, partly covered pixels weighted by their share; so the mean
 * of the image is kept, and an image of the target's size is itself. Reads one source row at a time.
 * @param readRow fills a row of W source pixels
 * @param source [H, W]
 * @param target [h, w]
 * @returns [h * w]
 */
export function areaAverage(
  readRow: (y: number, into: Float64Array) => void,
  [sourceHeight, sourceWidth]: readonly [number, number],
  [height, width]: readonly [number, number],
): Float32Array {
  const columns = Array.from({ length: sourceWidth }, (_, x) => overlaps(x, sourceWidth, width))
  const row = new Float64Array(sourceWidth)
  const narrow = new Float64Array(width)
  const sums = new Float64Array(height * width)
  for (let y = 0; y < sourceHeight; y++) {
    readRow(y, row)
    narrow.fill(0)
    for (let x = 0; x < sourceWidth; x++) {
      const { first, lengths } = columns[x]
      for (let k = 0; k < lengths.length; k++) narrow[first + k] += row[x] * lengths[k]
    }
    const { first, lengths } = overlaps(y, sourceHeight, height)
    for (let k = 0; k < lengths.length; k++) {
      const offset = (first + k) * width
      for (let i = 0; i < width; i++) sums[offset + i] += narrow[i] * lengths[k]
    }
  }
  const share = (height * width) / (sourceHeight * sourceWidth)
  return Float32Array.from(sums, (sum) => sum * share)
}
