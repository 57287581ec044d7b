import { WorkbenchError } from '../../shared/errors'
import type { Pixels } from './datasetFile'
import { checkBytes, checkExamples, checkPixels } from './limits'
import { packPixels, storedPixels, type PixelFacts, type PixelMeaning } from './pixels'
import type { PixelBlock } from './readers/reader'
import type { Spool } from './spool'

/** Pixels of one array while a file is read: every number is looked at, and kept in a spool rather than in memory. */
export class PixelColumn {
  rows = 0
  /** Of one row; null before the first. */
  shape: readonly number[] | null = null
  readonly facts: PixelFacts = { brightness: false, low: 0, high: 0, whole: true }
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

  /** @throws NOT_FINITE with row and column, SHAPE_TOO_LARGE, EXAMPLES_MANY, DATASET_TOO_LARGE */
  async append({ shape, data, integer, brightness = false }: PixelBlock): Promise<void> {
    if (this.shape === null) checkPixels(shape, this.where)
    this.shape ??= shape
    this.facts.brightness = brightness
    const { width } = this
    if (width === 0 || data.length === 0) return
    const { pixels, low, high } = packPixels({ data, integer }, (value, position) =>
      this.#notFinite(value, this.rows + Math.floor(position / width), position % width),
    )
    this.facts.low = Math.min(this.facts.low, low)
    this.facts.high = Math.max(this.facts.high, high)
    this.facts.whole &&= integer
    this.rows += data.length / width
    this.#bytes += pixels.byteLength
    checkExamples(this.rows, this.where)
    checkBytes(this.#bytes, this.where)
    await this.spool?.append(data.length / width, pixels)
  }

  /**
   * Some rows as they are stored, in blocks.
   * @param picked row numbers, ascending
   */
  async *stored(meaning: PixelMeaning, picked: Int32Array): AsyncGenerator<Pixels> {
    if (this.spool === null) throw new TypeError('the pixels were only looked at')
    for await (const pixels of this.spool.rows(picked, this.width)) yield storedPixels(pixels, meaning, this.facts)
  }

  #notFinite(value: number, row: number, column: number): WorkbenchError {
    return new WorkbenchError('NOT_FINITE', `${value} in row ${row}, column ${column}`, {
      where: this.where,
      remedy: 'Correct it; nothing was imported.',
    })
  }
}
