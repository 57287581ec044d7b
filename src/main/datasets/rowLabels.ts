import type { PixelBlock } from './readers/reader'

/** Whether the rows of an array may be labels: a single whole number each, or a single 1 among zeros. */
export class RowLabels {
  #width = 0
  #column: number[] | null = []
  #oneHot: number[] | null = []

  append({ shape, data }: PixelBlock): void {
    const width = shape.reduce((product, size) => product * size, 1)
    this.#width = width
    if (width !== 1 || shape.length !== 1) this.#column = null
    if (width < 2 || shape.length !== 1) this.#oneHot = null
    for (let row = 0; row < data.length; row += width) {
      if (this.#column === null && this.#oneHot === null) return
      this.#appendRow(data, row, width)
    }
  }

  #appendRow(data: PixelBlock['data'], at: number, width: number): void {
    if (this.#column !== null && !Number.isSafeInteger(data[at])) this.#column = null
    this.#column?.push(data[at])
    if (this.#oneHot === null) return
    let place = -1
    for (let column = 0; column < width; column++) {
      const value = data[at + column]
      if (value === 0) continue
      if (value !== 1 || place >= 0) {
        this.#oneHot = null
        return
      }
      place = column
    }
    if (place < 0) this.#oneHot = null
    else this.#oneHot.push(place)
  }

  /** The labels, and how they stood there; null where the rows are none. */
  get found(): { values: Float64Array; how: string } | null {
    if (this.#column !== null && this.#column.length > 0)
      return { values: Float64Array.from(this.#column), how: 'one column' }
    if (this.#oneHot !== null && this.#oneHot.length > 0) {
      return { values: Float64Array.from(this.#oneHot), how: `one-hot, ${this.#width} columns` }
    }
    return null
  }
}
