import { uniforms } from '../../src/main/compute/random'

export interface Axis {
  name: string
  values: readonly unknown[]
}
export type Row = Readonly<Record<string, unknown>>

/** Draws of the other values for each row; the one that meets the most new pairs is taken. */
const draws = 600

/**
 * Rows in which every two values that can meet do so at least once (pairwise testing), by greedy choice from seeded
 * draws: the same axes give the same rows.
 * @param counting the axes whose value means something in this row; null where the row is not allowed
 * @returns also the pairs that no drawn row allowed, as ["name=value", "name=value"]
 */
export function allPairs(
  axes: readonly Axis[],
  counting: (row: Row) => ReadonlySet<string> | null,
): { rows: Row[]; apart: [string, string][] } {
  const waiting = new Map<string, Row>()
  axes.forEach((first, at) => {
    for (const second of axes.slice(at + 1)) {
      for (const value of first.values) {
        for (const other of second.values) {
          waiting.set(pairName([first.name, value], [second.name, other]), {
            [first.name]: value,
            [second.name]: other,
          })
        }
      }
    }
  })
  const rows: Row[] = []
  const apart: [string, string][] = []
  while (waiting.size > 0) {
    const [[name, wanted]] = waiting as unknown as [[string, Row]]
    let best: { row: Row; met: string[] } | null = null
    for (let draw = 0; draw < draws; draw++) {
      const chosen = uniforms(rows.length + apart.length, 0, draw, axes.length)
      const drawn = axes.map(({ name: axis, values }, at) => [axis, values[Math.floor(chosen[at]! * values.length)]])
      const row: Row = { ...(Object.fromEntries(drawn) as Row), ...wanted }
      const counts = counting(row)
      if (counts === null || !Object.keys(wanted).every((axis) => counts.has(axis))) continue
      const met = pairsOf(axes, row, counts).filter((pair) => waiting.has(pair))
      if (best === null || met.length > best.met.length) best = { row, met }
    }
    if (best === null) {
      apart.push(name.split(', ') as [string, string])
      waiting.delete(name)
    } else {
      rows.push(best.row)
      for (const pair of best.met) waiting.delete(pair)
    }
  }
  return { rows, apart }
}

const pairName = (...entries: [string, unknown][]): string =>
  entries.map(([name, value]) => `${name}=${String(value)}`).join(', ')

function pairsOf(axes: readonly Axis[], row: Row, counts: ReadonlySet<string>): string[] {
  const names = axes.map(({ name }) => name).filter((name) => counts.has(name))
  return names.flatMap((first, at) =>
    names.slice(at + 1).map((second) => pairName([first, row[first]], [second, row[second]])),
  )
}
