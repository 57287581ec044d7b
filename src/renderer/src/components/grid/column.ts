import { compareNames } from '../../../../shared/compareNames'

/** A column of a grid as plain data; cells that are more than text are drawn by a slot of whoever uses the grid. */
export interface Column<Row> {
  key: string
  title: string
  /** Its title is for screen readers alone. */
  untitled?: boolean
  /** What stands in it, as a tooltip of its head. */
  meaning?: string
  /** A cell in words. */
  text: (row: Row) => string
  /** What rows are sorted by, null last either way; by a column without it they are not. */
  value?: (row: Row) => number | string | null
  /** Order of two rows with values, least first, where it is not that of numbers or of names as people count. */
  compare?: (a: Row, b: Row) => number
  /** Sorted the largest first, until asked again. */
  largestFirst?: boolean
  /** The slot that draws its cells. */
  cell?: string
  /** Rows in which its cell takes the place of those after it, too. */
  whole?: (row: Row) => boolean
  align?: 'right'
  muted?: boolean
  /** Least width in pixels. */
  width: number
  /** What it grows to, as a CSS track: "2fr", "136px". */
  grow?: string
  /** Shown only when it is chosen. */
  optional?: boolean
}

/** Rows in the order of a column: those without a value last, either way, equal ones as they were. */
export function sortRows<Row>(rows: readonly Row[], { value, compare }: Column<Row>, descending: boolean): Row[] {
  const sign = descending ? -1 : 1
  return rows
    .map((row) => ({ row, value: value?.(row) ?? null }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
      if (compare) return sign * compare(a.row, b.row)
      if (typeof a.value === 'number' && typeof b.value === 'number') return sign * (a.value - b.value)
      return sign * compareNames(String(a.value), String(b.value))
    })
    .map(({ row }) => row)
}
