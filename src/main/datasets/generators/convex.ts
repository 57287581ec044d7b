import type { Random } from '../random'
import { countPixels, cut, isConvex, paint, wholeSquare, type ConvexRows } from './convexRows'
import { alike, type Generator } from './generator'

const side = 28

/** How a convex set is drawn: the number of half-planes is geometric, at least `leastPixels` are left. */
interface Kind {
  stop: number
  leastPixels: number
}
const alone: Kind = { stop: 0.195, leastPixels: 19 }
const partOfUnion: Kind = { stop: 0.07, leastPixels: 10 }

/**
 * The intersection of half-planes whose edges go through a uniform point at a uniform angle. A half-plane that leaves too
 * few pixels is drawn again, and their number stays: with a new number, large sets would be kept more often, and the number
 * of white pixels would tell the classes apart.
 */
function drawSet(random: Random, { stop, leastPixels }: Kind): ConvexRows {
  let set = wholeSquare(side)
  for (let left = random.geometric(stop); left > 0;) {
    const place = () => random.uniform() * side - 0.5
    const next = cut(set, { row: place(), column: place(), angle: random.uniform() * 2 * Math.PI })
    if (countPixels(next) < leastPixels) continue
    set = next
    left--
  }
  return set
}

/** A union of 2 to 4 convex sets that is none itself; like their half-planes, their number stays. */
function drawUnion(random: Random, image: Uint8Array): void {
  const sets = random.integer(2, 4)
  do {
    image.fill(0)
    for (let i = 0; i < sets; i++) paint(drawSet(random, partOfUnion), image)
  } while (isConvex(image, side))
}

/**
 * CONVEX of Larochelle et al. 2007: white sets of pixels on black. Convex: an intersection of half-planes; not convex: a
 * union of such sets. The classes have about the same number of white pixels.
 */
export const convex: Generator = {
  kind: 'images',
  shape: [side, side],
  targetShape: null,
  classes: ['convex', 'not convex'],
  begin: alike((random, x) => {
    const label = random.integer(0, 1)
    if (label === 0) paint(drawSet(random, alone), x)
    else drawUnion(random, x)
    return label
  }),
}
