/**
 * Each target pixel is the source pixel that lies under its middle.
 * @param source [H, W]
 * @param target [h, w]
 * @returns [h * w]
 */
export function nearest(
  valueAt: (y: number, x: number) => number,
  [sourceHeight, sourceWidth]: readonly [number, number],
  [height, width]: readonly [number, number],
): Float32Array {
  const pixels = new Float32Array(height * width)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * sourceHeight) / height)
    for (let x = 0; x < width; x++) {
      pixels[y * width + x] = valueAt(row, Math.floor(((x + 0.5) * sourceWidth) / width))
    }
  }
  return pixels
}
