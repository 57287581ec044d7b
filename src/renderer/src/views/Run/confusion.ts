/** One cell of a confusion matrix. */
export interface Cell {
  label: number
  predicted: number
}

/** "3,5": true class 3, predicted class 5; null for anything that is no cell of C classes. */
export function parseCell(text: string | null, classes: number): Cell | null {
  const match = /^(\d+),(\d+)$/.exec(text ?? '')
  if (!match) return null
  const [label, predicted] = [Number(match[1]), Number(match[2])]
  return label < classes && predicted < classes ? { label, predicted } : null
}

export const formatCell = ({ label, predicted }: Cell): string => `${label},${predicted}`

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Each row's counts as shares of its true class; 0 where the class has no image. */
export const rowShares = (matrix: readonly (readonly number[])[]): number[][] =>
  matrix.map((row) => {
    const total = sum(row)
    return row.map((count) => (total === 0 ? 0 : count / total))
  })

export interface ClassMeasures {
  /** Images of this true class. */
  n: number
  /** Images that were put into this class. */
  predicted: number
  /** Share of the images put into this class that belong to it; null where none was. */
  precision: number | null
  /** Share of this class' images that were found; null where it has none. */
  recall: number | null
}

/** Precision and recall of each class. */
export function classMeasures(matrix: readonly (readonly number[])[]): ClassMeasures[] {
  return matrix.map((row, index) => {
    const n = sum(row)
    const predicted = sum(matrix.map((other) => other[index]))
    const hits = row[index]
    return { n, predicted, precision: predicted === 0 ? null : hits / predicted, recall: n === 0 ? null : hits / n }
  })
}

/** The largest cell off the diagonal: what is confused most; null where nothing is. */
export function worstCell(matrix: readonly (readonly number[])[]): Cell | null {
  let [worst, most]: [Cell | null, number] = [null, 0]
  matrix.forEach((row, label) =>
    row.forEach((count, predicted) => {
      if (label !== predicted && count > most) [worst, most] = [{ label, predicted }, count]
    }),
  )
  return worst
}
