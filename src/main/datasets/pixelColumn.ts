import { WorkbenchError } from '../../shared/errors'
import type { Pixels } from './datasetFile'
import { checkBytes, checkExamples, checkPixels } from './limits'
import { packPixels, storedPixels, storedType, type PixelFacts } from './pixels'
import type { PixelBlock } from './readers/reader'
import type { Scale } from './pixels'
import type { Spool } from './spool'

/** Pixels of one array while a file is read: every number is looked at, and kept in a spool rather than in memory. */
export class PixelColumn {
  rows = 0
  /** Of one row; null before the first. */
  shape: readonly number[] | null = null
  readonly facts: PixelFacts = {
    brightness: false,
    white: 0,
    low: Infinity,
    high: -Infinity,
    whole: true,
    byteType: true,
    extremes: null,
  }
  #bytes = 0

  /**
   * @param where the array's name in errors
   * @param spool null where the numbers are only looked at
   */
  constructor(
    readonly where: string,
    private readonly spool: Spool | null,
  ) {}

  /** Values of one row. */
  get width(): number {
    return this.shape?.reduce((product, size) => product * size, 1) ?? 0
  }

  /** @throws IMAGE_KINDS, NOT_FINITE with row and column, SHAPE_TOO_LARGE, EXAMPLES_MANY, DATASET_TOO_LARGE */
  async append({ shape, data, brightness = false, white = 255 }: PixelBlock): Promise<void> {
    if (this.shape === null) checkPixels(shape, this.where)
    this.shape ??= shape
    if (this.rows > 0 && this.facts.brightness !== brightness) throw this.#unlike()
    this.facts.brightness = brightness
    this.facts.white = Math.max(this.facts.white, white)
    const { width } = this
    if (width === 0 || data.length === 0) return
    const { pixels, low, high, whole, extremes } = packPixels(data, (value, position) =>
      this.#notFinite(value, this.rows + Math.floor(position / width), position % width),
    )
    this.facts.low = Math.min(this.facts.low, low)
    this.facts.high = Math.max(this.facts.high, high)
    this.facts.whole &&= whole
    this.facts.byteType &&= data instanceof Uint8Array
    if (extremes.length > 0) this.#addExtremes(extremes, data)
    this.rows += data.length / width
    this.#bytes += pixels.byteLength
    checkExamples(this.rows, this.where)
    checkBytes(this.#bytes, this.where)
    await this.spool?.append(data.length / width, pixels)
  }

  storedType(scale: Scale): 'U8' | 'F32' {
    return storedType(this.facts, scale)
  }

  /**
   * Some rows as they are stored, in blocks.
   * @param picked row numbers, ascending
   * @param order place in a kept row of each stored pixel; null: as they are
   */
  async *stored(scale: Scale, picked: Int32Array, order: Int32Array | null): AsyncGenerator<Pixels> {
    if (this.spool === null) throw new TypeError('the pixels were only looked at')
    const type = this.storedType(scale)
    for await (const pixels of this.spool.rows(picked, this.width)) {
      const stored = storedPixels(pixels, type, scale, this.facts)
      yield order === null ? stored : reordered(stored, order)
    }
  }

  #addExtremes(positions: readonly number[], data: ArrayLike<number>): void {
    const [first] = positions
    const before = this.facts.extremes
    this.facts.extremes =
      before === null
        ? {
            n: positions.length,
            value: data[first],
            row: this.rows + Math.floor(first / this.width),
            column: first % this.width,
          }
        : { ...before, n: before.n + positions.length }
  }

  #unlike(): WorkbenchError {
    return new WorkbenchError('IMAGE_KINDS', 'Some of its images are floats, others have black and white', {
      where: this.where,
      remedy: 'Save all of them alike; nothing was imported.',
    })
  }

  #notFinite(value: number, row: number, column: number): WorkbenchError {
    return new WorkbenchError('NOT_FINITE', `${value} in row ${row}, column ${column}`, {
      where: this.where,
      remedy: 'Correct it; nothing was imported.',
    })
  }
}

function reordered(pixels: Pixels, order: Int32Array): Pixels {
  const turned = pixels.slice()
  for (let row = 0; row < pixels.length; row += order.length) {
    for (let at = 0; at < order.length; at++) turned[row + at] = pixels[row + order[at]]
  }
  return turned
}
