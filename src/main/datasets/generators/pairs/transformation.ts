import type { ImageShape } from '../../../../shared/datasets'
import type { Random } from '../../random'
import type { Picture } from './picture'

/** A kind of movement: draws one of them and shows the moved picture. */
export interface Transformation {
  /** Pixels around images of a shape that the movement may bring in. */
  margin(shape: ImageShape): number
  /** Writes the window in the middle of the moved picture into y, zeros before. */
  move(random: Random, picture: Picture, y: Uint8Array, shape: ImageShape): void
}
