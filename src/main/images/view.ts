import type { ImageFacts } from '../../shared/analyst'
import { defaultViewOptions, type ModelView, type ViewOptions } from '../../shared/views'
import { areaAverage } from './areaAverage'
import { decodeImage } from './decode'
import type { DecodedImage } from './decoded'
import { framing, sameSize, type Framing } from './frame'
import { greyValue, hasAlpha, isTransparent } from './grey'
import { nearest } from './nearest'

/**
 * What an image file holds; all of it is decoded, so a file that passes can be viewed.
 * @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE
 */
export async function inspectImage(
  name: string,
  bytes: Uint8Array,
  decode: typeof decodeImage = decodeImage,
): Promise<ImageFacts> {
  const { width, height, format } = await decode(name, bytes)
  return { width, height, format }
}

/**
 * An image as a model sees it: one grey value a pixel (luma of ITU-R Rec. 601 of the coded values, or a channel), on its
 * background where it is transparent, cut at the centre to the model's aspect or fitted into it, brought to the model's
 * size, inverted where that is asked for; in [0,1]. A grey image of that size keeps its values exactly.
 * @param shape [height, width] of the model's input
 * @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE
 */
export async function viewImage(
  name: string,
  bytes: Uint8Array,
  shape: readonly [number, number],
  options: ViewOptions = defaultViewOptions,
  decode: typeof decodeImage = decodeImage,
): Promise<ModelView> {
  const image = await decode(name, bytes)
  const frame = framing(image, shape, options.frame)
  const facts = {
    colour: image.layout.channels >= 3,
    transparent: hasAlpha(image) && isTransparent(image),
    framed: !sameSize(framing(image, shape, 'crop').from, { top: 0, left: 0, ...image }),
    sized: !sameSize(frame.from, frame.to),
  }
  const pixels = framed(resampled(image, frame, options), frame, shape, options)
  if (options.invert) pixels.forEach((value, i) => (pixels[i] = 1 - value))
  return {
    recipe: words(image, frame, shape, options, facts),
    options,
    steps: {
      channel: facts.colour,
      background: facts.transparent || (facts.framed && options.frame === 'fit'),
      frame: facts.framed,
      resampling: facts.sized,
    },
    shape: [shape[0], shape[1]],
    pixels,
  }
}

/** The part of the image that is taken, at the size that it gets in the model's input. */
function resampled(image: DecodedImage, { from, to }: Framing, options: ViewOptions): Float32Array {
  const grey = greyValue(image, options)
  const [source, target] = [[from.height, from.width] as const, [to.height, to.width] as const]
  const at = (y: number, x: number) => grey(from.top + y, from.left + x)
  if (options.resampling === 'nearest') return nearest(at, source, target)
  return areaAverage(
    (y, into) => {
      for (let x = 0; x < into.length; x++) into[x] = at(y, x)
    },
    source,
    target,
  )
}

/** Pixels in the midst of the model's input, the background beside them. */
function framed(
  part: Float32Array,
  { to }: Framing,
  [height, width]: readonly [number, number],
  { background }: ViewOptions,
): Float32Array {
  if (part.length === height * width) return part
  const pixels = new Float32Array(height * width).fill(background === 'white' ? 1 : 0)
  for (let y = 0; y < to.height; y++) {
    pixels.set(part.subarray(y * to.width, (y + 1) * to.width), (to.top + y) * width + to.left)
  }
  return pixels
}

function words(
  image: DecodedImage,
  { from, to }: Framing,
  [height, width]: readonly [number, number],
  { channel, background, frame, resampling, invert }: ViewOptions,
  facts: { colour: boolean; transparent: boolean; framed: boolean; sized: boolean },
): string[] {
  const recipe = [`${image.layout.name} ${image.width}x${image.height}`]
  if (image.frames > 1) recipe.push(`first of ${image.frames} images`)
  if (image.turned) recipe.push('upright by EXIF')
  if (facts.colour) recipe.push(channel === 'luma' ? 'luma Rec. 601' : `${channel} channel`)
  if (facts.transparent) recipe.push(`on ${background}`)
  if (facts.framed && frame === 'crop') recipe.push(`crop ${from.width}x${from.height}`)
  if (facts.framed && frame === 'fit') recipe.push(`fit ${to.width}x${to.height} on ${background}`)
  if (facts.sized) recipe.push(`${width}x${height} ${resampling}`)
  if (invert) recipe.push('inverted')
  recipe.push(image.layout.bits === 32 ? 'values as they are' : '[0,1]')
  return recipe
}
