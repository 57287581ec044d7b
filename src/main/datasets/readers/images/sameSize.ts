import { WorkbenchError } from '../../../../shared/errors'

/** Holds every image of an array to the size of its first. */
export class SameSize {
  #first: { where: string; shape: readonly number[] } | null = null

  /** @throws IMAGE_SIZE naming the first image that differs */
  check(where: string, shape: readonly number[]): void {
    const first = (this.#first ??= { where, shape })
    if (first.shape[0] === shape[0] && first.shape[1] === shape[1]) return
    const [height, width] = shape
    const message = `The image is ${height}x${width} (height x width), ${first.where} is ${first.shape.join('x')}`
    throw new WorkbenchError('IMAGE_SIZE', message, {
      where,
      remedy: 'Bring all images to one size; nothing was imported.',
    })
  }
}
