import type { PreprocessSpec } from '../../shared/spec/schema'
import type { Breathe } from './batchedGraph'
import { whitened, type Whitening } from './whitening'

/** Added to the standard deviation, so that a nearly constant image stays small. */
const contrastFloor = 0.1

/** A new array in which each image has its mean removed and is divided by (its standard deviation + 0.1). */
function contrastNormalised(images: Float32Array, pixels: number): Float32Array {
  const result = new Float32Array(images.length)
  for (let start = 0; start < images.length; start += pixels) {
    let sum = 0
    for (let i = start; i < start + pixels; i++) sum += images[i]
    const mean = sum / pixels
    let squares = 0
    for (let i = start; i < start + pixels; i++) squares += (images[i] - mean) ** 2
    const divisor = Math.sqrt(squares / pixels) + contrastFloor
    for (let i = start; i < start + pixels; i++) result[i] = (images[i] - mean) / divisor
  }
  return result
}

/** Mean image. @param images [N, D] @returns [D] */
export function meanImage(images: Float32Array, pixels: number): Float32Array {
  const sums = new Float64Array(pixels)
  for (let i = 0; i < images.length; i++) sums[i % pixels] += images[i]
  const count = images.length / pixels
  return Float32Array.from(sums, (sum) => sum / count)
}

function minusImage(images: Float32Array, mean: Float32Array): Float32Array {
  return images.map((value, i) => value - mean[i % mean.length])
}

/** The mean image to remove when `center` is asked for: that of the training set after contrast normalisation, else null. */
export function centreOf(
  spec: Pick<PreprocessSpec, 'center' | 'contrast'>,
  training: Float32Array,
  pixels: number,
): Float32Array | null {
  if (!spec.center) return null
  return meanImage(spec.contrast ? contrastNormalised(training, pixels) : training, pixels)
}

/** What preprocessing learned of the training images of a slot. */
interface LearnedOfSlot {
  /** [D] of `centreOf`; null for none. */
  centre: Float32Array | null
  whitening: Whitening | null
}

/**
 * Images as whitening, or a model without it, sees them: contrast first, then centring. The caller's array is never
 * changed.
 * @param images [N, D]
 */
export function normalised(
  spec: Pick<PreprocessSpec, 'contrast'>,
  images: Float32Array,
  pixels: number,
  centre: Float32Array | null,
): Float32Array {
  const contrasted = spec.contrast ? contrastNormalised(images, pixels) : images
  return centre === null ? contrasted : minusImage(contrasted, centre)
}

/** Images as the model sees them: contrast, centring, whitening. The caller's array is never changed. @param images [N, D] */
export async function preprocess(
  spec: Pick<PreprocessSpec, 'contrast'>,
  images: Float32Array,
  pixels: number,
  { centre, whitening }: LearnedOfSlot,
  breathe: Breathe = () => Promise.resolve(),
): Promise<Float32Array> {
  const given = normalised(spec, images, pixels, centre)
  return whitening === null ? given : whitened(given, whitening, breathe)
}
