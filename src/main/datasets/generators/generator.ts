import type { ImageShape } from '../../../shared/datasets'
import type { Random } from '../random'

/** Makes one example after the other; knows nothing of splits and files. */
export interface Generator {
  kind: 'images' | 'pairs'
  shape: ImageShape
  /** Shape of y, for pairs. */
  targetShape: ImageShape | null
  /** Class names in label order; null without labels. */
  classes: string[] | null
  /** Sizes of the published set, or those that are known to work. */
  counts: { train: number; valid: number; test: number }
  /** What a recipe records besides seed and counts. */
  options: Record<string, unknown>
  /**
   * Draws one example into rows of zeros, bytes 0..255.
   * @param x [height * width]
   * @param y like x for pairs, else null
   * @returns its label; 0 without classes
   */
  draw(random: Random, x: Uint8Array, y: Uint8Array | null): number
}
