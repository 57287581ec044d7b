import type { DecodedImage } from './decoded'

/** The place in the image as it is stored of a pixel of the upright one, by EXIF's numbers of turns. */
const places: readonly ((y: number, x: number, height: number, width: number) => [y: number, x: number])[] = [
  (y, x) => [y, x],
  (y, x, _, width) => [y, width - 1 - x],
  (y, x, height, width) => [height - 1 - y, width - 1 - x],
  (y, x, height) => [height - 1 - y, x],
  (y, x) => [x, y],
  (y, x, height) => [height - 1 - x, y],
  (y, x, height, width) => [height - 1 - x, width - 1 - y],
  (y, x, _, width) => [x, width - 1 - y],
]

/** @param orientation 1 (as it is) to 8; from 5 on rows become columns */
export function upright(image: DecodedImage, orientation: number): DecodedImage {
  if (orientation === 1) return image
  const { width, height, pixels, layout } = image
  const { channels } = layout
  const place = places[orientation - 1]
  const swapped = orientation >= 5
  const [rows, columns] = swapped ? [width, height] : [height, width]
  const turned = new (pixels.constructor as new (length: number) => typeof pixels)(pixels.length)
  let to = 0
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const [fromY, fromX] = place(y, x, height, width)
      const from = (fromY * width + fromX) * channels
      for (let channel = 0; channel < channels; channel++) turned[to++] = pixels[from + channel]
    }
  }
  return { ...image, width: columns, height: rows, pixels: turned, turned: true }
}
