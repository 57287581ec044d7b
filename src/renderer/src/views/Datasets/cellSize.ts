import type { Dataset } from '../../../../shared/datasets'

/** Width that one image should have on screen, in pixels. */
const wanted = 112
const pairGap = 4
const padding = 4
const captionHeight = 20

export interface CellSize {
  /** Screen pixels a pixel: a whole number. */
  factor: number
  width: number
  height: number
}

/** Size of a grid cell: the image at a whole-number magnification, or x beside y, with a line of words below. */
export function cellSize({ kind, shape, targetShape }: Pick<Dataset, 'kind' | 'shape' | 'targetShape'>): CellSize {
  const [height, width] = shape
  const [otherHeight, otherWidth] = kind === 'pairs' ? (targetShape ?? shape) : [0, 0]
  const factor = Math.max(1, Math.floor(wanted / Math.max(width, otherWidth)))
  const across = factor * (width + otherWidth) + (kind === 'pairs' ? pairGap : 0)
  return {
    factor,
    width: across + 2 * padding,
    height: factor * Math.max(height, otherHeight) + captionHeight + 2 * padding,
  }
}
