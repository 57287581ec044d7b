import type { ViewOptions } from '../../shared/views'

/** A part of an image, or of a model's input: whole pixels. */
export interface Part {
  top: number
  left: number
  height: number
  width: number
}

export interface Framing {
  /** What is read of the image. */
  from: Part
  /** What it fills of the model's input; the rest is background. */
  to: Part
}

const whole = (height: number, width: number): Part => ({ top: 0, left: 0, height, width })

const centred = (height: number, width: number, within: Part): Part => ({
  top: Math.floor((within.height - height) / 2),
  left: Math.floor((within.width - width) / 2),
  height,
  width,
})

const rounded = (length: number, most: number): number => Math.min(most, Math.max(1, Math.round(length)))

/**
 * How an image of another aspect comes into a model's input, in whole pixels. crop: the largest centred part of the
 * model's aspect fills it; fit: all of the image, centred.
 */
export function framing(
  { height, width }: { height: number; width: number },
  [targetHeight, targetWidth]: readonly [number, number],
  frame: ViewOptions['frame'],
): Framing {
  const [image, target] = [whole(height, width), whole(targetHeight, targetWidth)]
  if (frame === 'crop') {
    const scale = Math.min(width / targetWidth, height / targetHeight)
    const cut = centred(rounded(targetHeight * scale, height), rounded(targetWidth * scale, width), image)
    return { from: cut, to: target }
  }
  const scale = Math.min(targetWidth / width, targetHeight / height)
  return {
    from: image,
    to: centred(rounded(height * scale, targetHeight), rounded(width * scale, targetWidth), target),
  }
}

export const sameSize = (a: Part, b: Part): boolean => a.height === b.height && a.width === b.width
