import { WorkbenchError } from '../../shared/errors'
import type { Visible } from '../../shared/kinds/keys'

/** How far a rounded number may lie outside [0,1]. */
const rounding = 1e-4

/**
 * Bernoulli visibles model probabilities: their cross-entropy and energy mean nothing for other pixels.
 * @param images by their names
 * @throws PIXELS_RANGE
 */
export function checkPixelRange(
  visible: Visible,
  images: Readonly<Record<string, Float32Array | null>>,
  where: string | null,
): void {
  if (visible === 'gaussian') return
  for (const [name, pixels] of Object.entries(images)) {
    const bad = pixels?.find((pixel) => !(pixel >= -rounding && pixel <= 1 + rounding))
    if (bad === undefined) continue
    throw new WorkbenchError('PIXELS_RANGE', `Bernoulli visibles take pixels in [0,1], ${name} has ${bad}`, {
      where,
      remedy: 'Scale the pixels to [0,1], or train a model with model.visible gaussian.',
    })
  }
}
