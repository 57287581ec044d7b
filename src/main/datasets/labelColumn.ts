import { checkExamples } from './limits'

/** Labels of one file while it is read. */
export class LabelColumn {
  #values = new Float64Array(1024)
  #count = 0

  /** @param where the array's name in errors */
  constructor(readonly where: string) {}

  get values(): Float64Array {
    return this.#values.subarray(0, this.#count)
  }

  /** @throws EXAMPLES_MANY */
  append(labels: ArrayLike<number>): void {
    const count = this.#count + labels.length
    checkExamples(count, this.where)
    if (count > this.#values.length) {
      const larger = new Float64Array(Math.max(count, 2 * this.#values.length))
      larger.set(this.values)
      this.#values = larger
    }
    this.#values.set(labels, this.#count)
    this.#count = count
  }
}
