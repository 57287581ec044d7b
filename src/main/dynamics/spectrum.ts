import type { ImageShape } from '../../shared/datasets'

/** A two-dimensional discrete Fourier transform, real and imaginary parts [h, w], frequency 0 first. */
export interface Spectrum {
  re: Float64Array
  im: Float64Array
}

interface Circle {
  cos: Float64Array
  sin: Float64Array
}
const circles = new Map<number, Circle>()

/** Cosines and sines of 2π k/n, [n] each. */
function circle(n: number): Circle {
  const known = circles.get(n)
  if (known !== undefined) return known
  const angles = Array.from({ length: n }, (_, k) => (2 * Math.PI * k) / n)
  const made = { cos: Float64Array.from(angles, Math.cos), sin: Float64Array.from(angles, Math.sin) }
  circles.set(n, made)
  return made
}

/** Transforms lines of `length` values that lie `step` apart, each starting at one of `starts`. */
function transformLines(
  { re, im }: Spectrum,
  length: number,
  step: number,
  starts: readonly number[],
  sign: 1 | -1,
): Spectrum {
  const { cos, sin } = circle(length)
  const out = { re: new Float64Array(re.length), im: new Float64Array(im.length) }
  for (const start of starts) {
    for (let k = 0; k < length; k++) {
      let [a, b] = [0, 0]
      for (let i = 0; i < length; i++) {
        const [c, s] = [cos[(i * k) % length], sign * sin[(i * k) % length]]
        const at = start + i * step
        a += re[at] * c - im[at] * s
        b += re[at] * s + im[at] * c
      }
      out.re[start + k * step] = a
      out.im[start + k * step] = b
    }
  }
  return out
}

/** Images are small and of any size (13 x 13, 28 x 28), so sums line by line, not a power-of-two transform. */
function transform(values: Spectrum, [height, width]: ImageShape, sign: 1 | -1): Spectrum {
  const rows = Array.from({ length: height }, (_, row) => row * width)
  const columns = Array.from({ length: width }, (_, column) => column)
  return transformLines(transformLines(values, width, 1, rows, sign), height, width, columns, sign)
}

/** Σ image(i, j) exp(-2πi (k_i i/h + k_j j/w)). @param image [h, w] */
export const spectrum = (image: ArrayLike<number>, shape: ImageShape): Spectrum =>
  transform({ re: Float64Array.from(image), im: new Float64Array(image.length) }, shape, -1)

/** The real part of the inverse transform. @returns [h, w] */
export function inverse(values: Spectrum, shape: ImageShape): Float64Array {
  const { re } = transform(values, shape, 1)
  return re.map((value) => value / re.length)
}

export interface DominantFrequency {
  /** Place in the transform. */
  index: number
  /** Cycles per image, down and right; right ≥ 0, as a real image has each frequency twice. */
  frequency: [number, number]
  /** Share of the power without the mean. */
  powerShare: number
  phase: number
}

/** The strongest frequency of a filter other than its mean. */
export function dominantFrequency({ re, im }: Spectrum, [height, width]: ImageShape): DominantFrequency {
  let [best, most, total] = [0, -1, 0]
  for (let index = 1; index < re.length; index++) {
    const power = re[index] ** 2 + im[index] ** 2
    total += power
    const [down, right] = signed(index, height, width)
    if (power > most && (right > 0 || (right === 0 && down > 0))) [best, most] = [index, power]
  }
  const [down, right] = signed(best, height, width)
  const twice = isOwnMirror(best, height, width) ? 1 : 2
  return {
    index: best,
    frequency: [down, right],
    powerShare: total === 0 ? 0 : (twice * most) / total,
    phase: Math.atan2(im[best], re[best]),
  }
}

const signed = (index: number, height: number, width: number): [number, number] => {
  const centre = (k: number, n: number) => (k > n / 2 ? k - n : k)
  return [centre(Math.floor(index / width), height), centre(index % width, width)]
}

/** Frequencies at half the sampling rate (and 0) have no second half. */
const isOwnMirror = (index: number, height: number, width: number): boolean =>
  ((2 * Math.floor(index / width)) % height) + ((2 * (index % width)) % width) === 0
