import { WorkbenchError } from '../../shared/errors'
import { checkExamples, mostClasses, tooManyLabels } from './limits'

const isNumber = (text: string): boolean => !Number.isNaN(Number(text))

/** Labels of one file while it is read: numbers, or texts that name classes. */
export class LabelColumn {
  #values = new Float64Array(1024)
  #count = 0
  /** Distinct texts in the order of their first sight; the values are their positions. */
  readonly #texts = new Map<string, number>()

  /** @param where the array's name in errors */
  constructor(readonly where: string) {}

  /** Whole numbers, or positions in `names`. */
  get values(): Float64Array {
    const found = this.#values.subarray(0, this.#count)
    if (this.#texts.size === 0 || this.names !== null) return found
    const numbers = [...this.#texts.keys()].map(Number)
    return found.map((position) => numbers[position])
  }

  /** What the values count; null where they are numbers. */
  get names(): string[] | null {
    const texts = [...this.#texts.keys()]
    return texts.length === 0 || isNumber(texts[0]) ? null : texts
  }

  /** @throws EXAMPLES_MANY */
  append(labels: ArrayLike<number>): void {
    const count = this.#count + labels.length
    checkExamples(count, this.where)
    if (count > this.#values.length) {
      const larger = new Float64Array(Math.max(count, 2 * this.#values.length))
      larger.set(this.#values.subarray(0, this.#count))
      this.#values = larger
    }
    this.#values.set(labels, this.#count)
    this.#count = count
  }

  /**
   * A label as a text has it: a whole number, or a name. A column has one or the other.
   * @param code of the errors
   */
  appendText(text: string, code: string, where: () => string): void {
    const cell = text.trim()
    const known = this.#texts.get(cell)
    if (known === undefined) this.#check(cell, code, where)
    const position = known ?? this.#texts.size
    if (known === undefined) this.#texts.set(cell, position)
    this.append([position])
  }

  #check(cell: string, code: string, where: () => string): void {
    const refuse = (message: string, remedy: string) => new WorkbenchError(code, message, { where: where(), remedy })
    if (cell === '') throw refuse('A label is missing', 'Correct it; nothing was imported.')
    const shown = cell.length > 24 ? `${cell.slice(0, 24)}...` : cell
    if (isNumber(cell) || /^[+-]?(nan|inf|infinity)$/i.test(cell)) {
      if (!Number.isSafeInteger(Number(cell)))
        throw refuse(`Label ${shown} is no class`, 'Number the classes, or name them.')
    }
    const [first] = this.#texts.keys()
    if (first !== undefined && isNumber(first) !== isNumber(cell)) {
      throw refuse(
        `Label ${JSON.stringify(shown)} is no class: others are like ${JSON.stringify(first)}`,
        'Number all classes, or name all; nothing was imported.',
      )
    }
    if (this.#texts.size >= mostClasses) throw tooManyLabels(this.where)
  }
}
