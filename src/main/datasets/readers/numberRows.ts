import { checkPixels } from '../limits'
import type { RowSink } from './reader'

/** Values that are handed over at once. */
const blockValues = 256 * 1024

/** Gathers rows of a text file into blocks of x and labels. */
export class NumberRows {
  #values: Float32Array
  #labels: number[] = []
  #at = 0
  #rows = 0

  /**
   * @param width pixels of a row; 0 where the file has labels alone
   * @param where the file's name, for errors
   */
  constructor(
    private readonly sink: RowSink,
    private readonly width: number,
    where: string,
  ) {
    checkPixels([width], where)
    this.#values = this.#empty()
  }

  value(value: number): void {
    this.#values[this.#at++] = value
  }

  label(label: number): void {
    this.#labels.push(label)
  }

  /** After the last value of a row. */
  async endRow(): Promise<void> {
    this.#rows++
    if (this.#at === this.#values.length || this.#rows === blockValues) await this.flush()
  }

  /** After the last row. */
  async flush(): Promise<void> {
    if (this.#labels.length > 0) this.sink.labels(this.#labels)
    this.#labels = []
    this.#rows = 0
    if (this.#at === 0) return
    const data = this.#values.subarray(0, this.#at)
    await this.sink.pixels('x', { shape: [this.width], data })
    this.#values = this.#empty()
    this.#at = 0
  }

  #empty(): Float32Array {
    return new Float32Array(this.width * Math.max(1, Math.floor(blockValues / Math.max(1, this.width))))
  }
}
