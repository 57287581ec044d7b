import type { ColourMap } from './colourMaps'
import type { Limits } from './limits'

/** Values as opaque RGBA bytes; values outside the limits take the end colours, non-finite ones become transparent. */
export function toRgba(
  values: Float32Array,
  { rgb, entries }: ColourMap,
  { low, high }: Limits,
): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(values.length * 4)
  const scale = (entries - 1) / (high - low)
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (!Number.isFinite(value)) continue
    const entry = Math.min(entries - 1, Math.max(0, Math.round((value - low) * scale))) * 3
    bytes[index * 4] = rgb[entry]
    bytes[index * 4 + 1] = rgb[entry + 1]
    bytes[index * 4 + 2] = rgb[entry + 2]
    bytes[index * 4 + 3] = 255
  }
  return bytes
}

/** Whole-number magnification that fits the width, four times at least. */
export function integerFactor(imageWidth: number, availableWidth: number): number {
  return Math.max(4, Math.floor(availableWidth / imageWidth))
}
