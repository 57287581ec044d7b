import { toCsv, type CsvValue } from './csv'
import { fileName, originCells, originColumns, type Origin } from './provenance'
import { saveFile } from './saveFile'

/** Saves what a run gave as CSV, each row headed by where it comes from. */
export function saveTable(
  of: Origin,
  thing: string,
  columns: readonly string[],
  rows: readonly (readonly CsvValue[])[],
): void {
  const table = toCsv(
    [...originColumns, ...columns],
    rows.map((row) => [...originCells(of), ...row]),
  )
  saveFile(fileName(of.name, thing, 'csv'), table)
}
