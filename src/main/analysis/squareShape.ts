import type { ImageShape } from '../../shared/datasets'

/** Pixels of imported weights are taken for a square image; null where they are none. */
export function squareShape(pixels: number): ImageShape | null {
  const side = Math.round(Math.sqrt(pixels))
  return side * side === pixels ? [side, side] : null
}
