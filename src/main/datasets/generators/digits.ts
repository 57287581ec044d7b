import { Deck } from '../deck'
import type { Random } from '../random'
import type { Source } from '../source'
import { look, rotation } from './affineMap'
import type { Generator } from './generator'

/** Varies one image. @param image of the source, @param out zeros */
type Vary = (random: Random, image: Uint8Array, out: Uint8Array) => void

/**
 * Labelled images, each made of one of the source's same split; every image of the source is varied once before any is
 * varied again.
 */
const variation = ({ shape, classes, images }: Source, vary: Vary): Generator => ({
  kind: 'images',
  shape,
  targetShape: null,
  classes,
  begin: async (split, random) => {
    const { n, labels, copy } = await images(split)
    const deck = new Deck(n, random)
    const image = new Uint8Array(shape[0] * shape[1])
    return (x, _, onSource) => {
      const index = deck.draw()
      onSource?.(index)
      copy(index, image)
      vary(random, image, x)
      return labels?.[index] ?? 0
    }
  },
})

/** MNIST-ROT of Larochelle et al. 2007: rotated about the centre by an angle uniform in [0, 2π). */
export const rotatedDigits = (source: Source): Generator =>
  variation(source, (random, image, out) =>
    look(image, source.shape, rotation(random.uniform() * 2 * Math.PI), out, source.shape),
  )

/** MNIST-RAND of Larochelle et al. 2007: background pixels uniform in 0..255; the lighter of digit and background shows. */
export const digitsOnNoise = (source: Source): Generator =>
  variation(source, (random, image, out) => {
    for (let pixel = 0; pixel < image.length; pixel++) out[pixel] = Math.max(image[pixel], random.integer(0, 255))
  })
