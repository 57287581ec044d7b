import { formatCount, formatDigits } from './numbers'
import type { PairPixelStatistics, PixelStatistics, TrainingStatistics } from './trainingStatistics'

/** How far an end of the pixels' range may lie from that of training, as a share of the latter, before it is another scale. */
const scaleShare = 0.4
/** How far beyond it single pixels may lie: a decoder's rounding is no other image. */
const pixelShare = 0.1

/** How often the largest usual error an error may be: among few images the largest is no limit. */
const errorShare = 1.5

const slots = ['x', 'y'] as const
const number = (value: number): string => formatDigits(value, 3)
const range = ({ low, high, mean }: Pick<PixelStatistics, 'low' | 'high' | 'mean'>): string =>
  `${number(low)} to ${number(high)} (mean ${number(mean)})`
const ofSlot = (slot: 'x' | 'y', pairs: boolean): string => (pairs ? ` of ${slot}` : '')

/**
 * A set whose pixels lie on another scale than those of training: a notice for each image of a pair.
 * @param what the set, in words: "digits, test"
 */
export function scaleNotices(what: string, set: PairPixelStatistics, training: PairPixelStatistics): string[] {
  return slots.flatMap((slot) => {
    const [own, trained] = [set[slot], training[slot]]
    if (own === null || trained === null) return []
    const allowed = scaleShare * (trained.high - trained.low)
    const apart = Math.max(Math.abs(own.low - trained.low), Math.abs(own.high - trained.high))
    if (apart <= allowed) return []
    return [
      `${what} is on another scale than the training data: its pixels${ofSlot(slot, set.y !== null)} are ` +
        `${range(own)}, those of training ${range(trained)}`,
    ]
  })
}

/** One image or pair before preprocessing, and how well it was reconstructed. */
interface Scored {
  pixels: { x: Float32Array | null; y: Float32Array | null }
  reconstructionError: { x: number | null; y: number | null }
}

/** What of a scored image or pair lies beyond the training images; nothing where it looks like them. */
export function farNotices({ pixels, reconstructionError }: Scored, training: TrainingStatistics): string[] {
  const pairs = training.pixels.y !== null
  return slots.flatMap((slot) => {
    const [image, trained] = [pixels[slot], training.pixels[slot]]
    const [error, usual] = [reconstructionError[slot], training.reconstructionError[slot]]
    const found: string[] = []
    if (image !== null && trained !== null) found.push(...pixelNotices(image, trained, ofSlot(slot, pairs)))
    if (error !== null && usual !== null && error > errorShare * usual.most) {
      found.push(
        `reconstruction error${ofSlot(slot, pairs)} ${number(error)}; of ${formatCount(usual.n)} training and validation ` +
          `images 99.9 % are at or below ${number(usual.most)}`,
      )
    }
    return found
  })
}

function pixelNotices(image: Float32Array, { low, high, imageMeans }: PixelStatistics, of: string): string[] {
  let [least, most, sum] = [Infinity, -Infinity, 0]
  for (const value of image) {
    least = Math.min(least, value)
    most = Math.max(most, value)
    sum += value
  }
  const mean = sum / image.length
  const allowed = pixelShare * (high - low)
  if (least < low - allowed || most > high + allowed) {
    const trained = `of training images ${number(low)} to ${number(high)}`
    return [`pixels${of} ${number(least)} to ${number(most)}; ${trained}`]
  }
  const span = pixelShare * (imageMeans.high - imageMeans.low)
  if (mean >= imageMeans.low - span && mean <= imageMeans.high + span) return []
  return [`mean pixel${of} ${number(mean)}; of training images ${number(imageMeans.low)} to ${number(imageMeans.high)}`]
}
