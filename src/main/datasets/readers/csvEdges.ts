import { ambiguous } from '../ambiguous'
import { WorkbenchError } from '../../../shared/errors'
import { mostClasses } from '../limits'

/** What is known of a column that may be the label: all of its cells looked at. */
export class EdgeColumn {
  #n = 0
  #words = 0
  #whole = true
  readonly #distinct = new Set<string>()

  add(cell: string): void {
    this.#n++
    const text = cell.trim()
    if (this.#distinct.size <= mostClasses) this.#distinct.add(text)
    const value = Number(text)
    if (text === '' || Number.isNaN(value)) this.#words++
    else if (!Number.isInteger(value)) this.#whole = false
  }

  /** Names of classes, or whole numbers. */
  get possible(): boolean {
    if (this.#distinct.size > mostClasses) return false
    return this.#words === this.#n || (this.#words === 0 && this.#whole)
  }

  /** Every value is the same: it tells nothing apart. */
  get constant(): boolean {
    return this.#distinct.size < 2
  }

  /** Few names, or the whole numbers from 0 or 1 on, each of them more than once. */
  get likely(): boolean {
    const distinct = this.#distinct.size
    if (!this.possible || this.constant || this.#n < 2 * distinct) return false
    if (this.#words > 0) return true
    const values = [...this.#distinct].map(Number)
    const least = Math.min(...values)
    return (least === 0 || least === 1) && Math.max(...values) - least + 1 === distinct
  }
}

/**
 * Which of the outer columns of a table without names is the label.
 * @throws AMBIGUOUS, CSV_LABEL
 */
export function labelEdge(first: EdgeColumn, last: EdgeColumn, where: string): 'first' | 'last' {
  for (const fits of [
    (column: EdgeColumn) => column.likely,
    (column: EdgeColumn) => column.possible && !column.constant,
    (column: EdgeColumn) => column.possible,
  ]) {
    if (fits(first) && fits(last)) {
      throw ambiguous(where, 'The first and the last column can both be the label', [
        '--labels-column first',
        '--labels-column last',
      ])
    }
    if (fits(first)) return 'first'
    if (fits(last)) return 'last'
  }
  throw new WorkbenchError('CSV_LABEL', 'Neither the first nor the last column holds classes', {
    where,
    remedy: 'Name the column (--labels-column NAME), or say that there are none (--kind images with --shape HxW).',
  })
}
