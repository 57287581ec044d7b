import type { ImageShape } from '../../../../shared/datasets'
import { gray } from '../../charts/colourMaps'
import { toRgba } from '../../charts/pixels'

/**
 * An image as the bytes of a PNG file, exact for pixels that came from bytes (n/255).
 * @param pixels [height * width] in [0, 1]
 */
export async function grayPng(pixels: Float32Array, [height, width]: ImageShape): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const image = new ImageData(toRgba(pixels, gray, { low: 0, high: 1 }), width, height)
  canvas.getContext('2d')!.putImageData(image, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('the browser made no PNG of the image')
  return new Uint8Array(await blob.arrayBuffer())
}
