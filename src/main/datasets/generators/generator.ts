import type { ImageShape, SplitName } from '../../../shared/datasets'
import type { Random } from '../random'

/**
 * Draws one example into rows of zeros, bytes 0..255.
 * @param x [height * width]
 * @param y like x for pairs, else null
 * @param onSource told which image of the source's split it is made of, where it is made of one
 * @returns its label; 0 without classes
 */
export type DrawExample = (x: Uint8Array, y: Uint8Array | null, onSource?: (index: number) => void) => number

/** Makes one example after the other; knows nothing of counts and files. */
export interface Generator {
  kind: 'images' | 'pairs'
  shape: ImageShape
  /** Shape of y, for pairs. */
  targetShape: ImageShape | null
  /** Class names in label order; null without labels. */
  classes: string[] | null
  /** Begins a split: what is drawn depends on the split's images of the source, where there is one, and on `random`. */
  begin(split: SplitName, random: Random): Promise<DrawExample>
}

/** Draws one example; the label's meaning is the generator's. */
export type DrawWith = (random: Random, x: Uint8Array, y: Uint8Array | null) => number

/** `begin` of a generator whose splits differ in their random numbers alone. */
export const alike =
  (draw: DrawWith): Generator['begin'] =>
  (_, random) =>
    Promise.resolve((x, y) => draw(random, x, y))
