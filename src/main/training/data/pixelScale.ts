import { WorkbenchError, type ErrorData } from '../../../shared/errors'
import type { SplitName } from '../../../shared/datasets'
import type { RunSpec } from '../../../shared/spec/schema'
import type { Examples } from '../../models/examples'
import type { Learned } from '../../saved/learnedArrays'

/** What a loss squares must stay in float32. */
const mostSquares = 3.4e38
/** Images are meant for [0,1], standardised ones for a few units about 0: pixels beyond have another scale. */
const largest = 10
/** Pixels that all lie so close to 0 were scaled down twice. */
const smallest = 0.02

/** Pixels of x and of y, and the mean image that is taken off. */
interface OfImages extends Pick<Learned, 'centre'> {
  inputs: number
  targets: number | null
}

/** Images of a slot before whitening, where contrast does not bring every image to one scale. */
function* slots({ x, y }: Examples, { inputs, targets, centre }: OfImages) {
  yield { name: 'x', images: x, pixels: inputs, centre: centre?.x ?? null }
  if (y !== null && targets !== null) yield { name: 'y', images: y, pixels: targets, centre: centre?.y ?? null }
}

/**
 * Refuses images whose squares float32 cannot hold: their loss is infinite at every learning rate.
 * @throws PIXELS_TOO_LARGE with the image
 */
export function checkSquares(
  examples: Examples,
  of: OfImages,
  { preprocess, dataset }: Pick<RunSpec, 'preprocess' | 'dataset'>,
  split: SplitName,
): void {
  if (preprocess.contrast) return
  for (const { images, pixels, centre } of slots(examples, of)) {
    for (let row = 0; row < examples.n; row++) {
      let [squares, far] = [0, 0]
      for (let at = 0; at < pixels; at++) {
        const value = images[row * pixels + at]
        squares += (value - (centre?.[at] ?? 0)) ** 2
        if (Math.abs(value) > Math.abs(far)) far = value
      }
      if (squares <= mostSquares) continue
      throw new WorkbenchError('PIXELS_TOO_LARGE', `A pixel is ${plain(far)}: float32 cannot hold its square`, {
        where: `${dataset}: ${split}, image ${row}`,
        remedy:
          'Import the data without it (a fill value such as 1e20?) or on another scale, or set preprocess.contrast.',
        exit: 1,
      })
    }
  }
}

/** A warning where training pixels, as the model sees them, have another scale than images have; null where they fit. */
export function scaleWarning(data: OfImages & { train: Examples }, { preprocess, dataset }: RunSpec): ErrorData | null {
  if (preprocess.contrast || preprocess.whiten) return null
  for (const { name, images, pixels, centre } of slots(data.train, data)) {
    let [low, high, far] = [Infinity, -Infinity, 0]
    for (let at = 0; at < images.length; at++) {
      const value = images[at]
      if (value < low) low = value
      if (value > high) high = value
      far = Math.max(far, Math.abs(value - (centre?.[at % pixels] ?? 0)))
    }
    if (far <= largest && (far >= smallest || low === high)) continue
    const of = data.targets === null ? 'The training pixels' : `The training pixels of ${name}`
    const scale = low >= 0 && high > 200 && high <= 255 ? '--scale byte' : `--scale ${plain(low)},${plain(high)}`
    return {
      code: 'PIXEL_SCALE',
      message: `${of} go from ${plain(low)} to ${plain(high)}, and models expect [0,1]: losses, energies and learning rates are those of another scale`,
      where: dataset,
      remedy: `Import the data again with ${scale} (it makes them 0 to 1), or set preprocess.contrast to true.`,
    }
  }
  return null
}

const plain = (value: number): string => String(Number(value.toPrecision(4)))
