import { Transformer } from '@napi-rs/image'

/** A grey PNG. @param pixels [height * width], 0 to 255 */
export async function greyPng(pixels: ArrayLike<number>, width: number, height: number): Promise<Uint8Array> {
  const rgba = Buffer.alloc(4 * width * height)
  for (let i = 0; i < width * height; i++) rgba.set([pixels[i]!, pixels[i]!, pixels[i]!, 255], 4 * i)
  return new Uint8Array(await Transformer.fromRgbaPixels(rgba, width, height).png())
}

/** A white rectangle's outline on black, 28x28. */
export function rectanglePixels(top: number, left: number, height: number, width: number): Uint8Array {
  const pixels = new Uint8Array(28 * 28)
  for (let row = top; row < top + height; row++) {
    for (let column = left; column < left + width; column++) {
      const edge = row === top || row === top + height - 1 || column === left || column === left + width - 1
      if (edge) pixels[28 * row + column] = 255
    }
  }
  return pixels
}
