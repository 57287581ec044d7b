import { WorkbenchError } from '../../../shared/errors'
import type { FileArray } from '../numberTypes'
import type { PixelBlock } from './reader'

/** How rows of an array become images of one channel. */
export interface RowAxes {
  /** Of a row as it is handed on. */
  shape: number[]
  /** In words; null where nothing was changed. */
  said: string | null
  block(data: FileArray['data']): PixelBlock
}

/** Luma of ITU-R Rec. 601, as for image files. */
const luma = [0.299, 0.587, 0.114]

/**
 * An axis of one channel goes, one of three becomes luma; other rows stay as they are.
 * @param shape of a row, as the file has it
 * @throws SHAPE_AXES
 */
export function rowAxes(shape: readonly number[], where: string): RowAxes {
  if (shape.length !== 3) return { shape: [...shape], said: null, block: (data) => ({ shape: [...shape], data }) }
  const [first, second, third] = shape
  if (first === 1 || third === 1) {
    const image = first === 1 ? [second, third] : [first, second]
    const said = `the axis of one channel (${first === 1 ? 'first' : 'last'}) was left out`
    return { shape: image, said, block: (data) => ({ shape: image, data }) }
  }
  if ((first === 3) !== (third === 3)) {
    const image = first === 3 ? [second, third] : [first, second]
    return {
      shape: image,
      said: `colours (${first === 3 ? 'first' : 'last'} axis) became grey: luma of Rec. 601`,
      block: (data) => grey(data, image, first === 3),
    }
  }
  throw new WorkbenchError('SHAPE_AXES', `Its rows have three axes: ${shape.join(' x ')}`, {
    where,
    remedy:
      'Give [N, height, width], with an axis of 1 or 3 channels first or last; partners as an array y of their own.',
  })
}

function grey(data: FileArray['data'], image: number[], channelsFirst: boolean): PixelBlock {
  const area = image[0] * image[1]
  const count = data.length / 3
  const values = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const [row, pixel] = [Math.floor(i / area), i % area]
    const at = row * area * 3 + (channelsFirst ? pixel : pixel * 3)
    const step = channelsFirst ? area : 1
    const [red, green, blue] = [data[at], data[at + step], data[at + 2 * step]]
    // Equal channels are grey already: no rounding of the three weights.
    values[i] = red === green && red === blue ? red : luma[0] * red + luma[1] * green + luma[2] * blue
  }
  if (!(data instanceof Uint8Array)) return { shape: image, data: values }
  // What the type says of the numbers is kept: bytes of colour files mean value/255.
  return { shape: image, data: values.map((value) => value / 255), brightness: true }
}
