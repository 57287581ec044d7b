import type { ImageFacts } from '../../shared/analyst'
import type { ModelView } from '../../shared/scores'
import { areaAverage } from './areaAverage'
import { decodeImage } from './decode'
import { greyValue, hasAlpha, isTransparent } from './grey'

/**
 * What an image file holds; all of it is decoded, so a file that passes can be viewed.
 * @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE
 */
export async function inspectImage(name: string, bytes: Uint8Array): Promise<ImageFacts> {
  const { width, height, format } = await decodeImage(name, bytes)
  return { width, height, format }
}

/**
 * An image as a model sees it: luma of ITU-R Rec. 601 of the coded values, on black where it is transparent, cut at the
 * centre to the model's aspect, averaged over areas to the model's size, in [0,1]. A grey image of that size keeps its
 * values exactly.
 * @param shape [height, width] of the model's input
 * @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE
 */
export async function viewImage(name: string, bytes: Uint8Array, shape: readonly [number, number]): Promise<ModelView> {
  const image = await decodeImage(name, bytes)
  const [height, width] = shape
  const cut = centreCut(image, shape)
  const recipe = [`${image.layout.name} ${image.width}x${image.height}`]
  if (image.turned) recipe.push('upright by EXIF')
  if (image.layout.channels >= 3) recipe.push('luma Rec. 601')
  if (hasAlpha(image) && isTransparent(image)) recipe.push('on black')
  if (cut.width !== image.width || cut.height !== image.height) recipe.push(`crop ${cut.width}x${cut.height}`)
  if (cut.width !== width || cut.height !== height) recipe.push(`${width}x${height} area`)
  recipe.push('[0,1]')
  const grey = greyValue(image)
  const pixels = areaAverage(
    (y, into) => {
      for (let x = 0; x < into.length; x++) into[x] = grey(cut.top + y, cut.left + x)
    },
    [cut.height, cut.width],
    shape,
  )
  return { recipe, shape: [height, width], pixels }
}

/** The largest centred part of the model's aspect, in whole pixels. */
function centreCut(image: { width: number; height: number }, [height, width]: readonly [number, number]) {
  const scale = Math.min(image.width / width, image.height / height)
  const cut = {
    width: Math.min(image.width, Math.max(1, Math.round(width * scale))),
    height: Math.min(image.height, Math.max(1, Math.round(height * scale))),
  }
  return {
    ...cut,
    left: Math.floor((image.width - cut.width) / 2),
    top: Math.floor((image.height - cut.height) / 2),
  }
}
