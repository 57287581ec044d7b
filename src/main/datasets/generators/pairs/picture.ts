import type { ImageShape, SplitName } from '../../../../shared/datasets'
import { Deck } from '../../deck'
import type { Random } from '../../random'
import type { Source } from '../../source'

/** What x and y are windows on: an image and a margin around it, from which something may enter. */
export interface Picture {
  /** Height and width, margins included. */
  sides: ImageShape
  pixels: Uint8Array
}

/** Fills a picture with zeros and then with the next thing to look at. */
export type Paint = (picture: Picture) => void

/** Where pictures come from: random dots, or the images of a source. */
export interface Pictures {
  /** Height and width of x and y. */
  shape: ImageShape
  begin(split: SplitName, random: Random): Promise<Paint>
}

/** White dots on black, each pixel white with probability `density`, also in the margin. */
export const dots = (shape: ImageShape, density: number): Pictures => ({
  shape,
  begin: (_, random) =>
    Promise.resolve(({ pixels }) => {
      pixels.fill(0)
      // The gaps between dots are geometric: one draw a dot instead of one a pixel.
      for (let at = random.geometric(density) - 1; at < pixels.length; at += random.geometric(density)) pixels[at] = 255
    }),
})

/** Images of the source's same split, each once before any comes again; black around them. */
export const sourceImages = ({ shape, images }: Source): Pictures => ({
  shape,
  begin: async (split, random) => {
    const { n, copy } = await images(split)
    const deck = new Deck(n, random)
    const image = new Uint8Array(shape[0] * shape[1])
    return ({ sides: [height, width], pixels }) => {
      copy(deck.draw(), image)
      pixels.fill(0)
      const [top, left] = [(height - shape[0]) / 2, (width - shape[1]) / 2]
      for (let row = 0; row < shape[0]; row++) {
        pixels.set(image.subarray(row * shape[1], (row + 1) * shape[1]), (top + row) * width + left)
      }
    }
  },
})
