import { useLocalStorage } from '@vueuse/core'
import { harmless } from '../../../shared/spreadsheet'

export type CsvValue = string | number | boolean | null

/** The shortest decimal that reads back as the same float32 (or float64 where it is none). */
export function exactNumber(value: number): string {
  if (Math.fround(value) !== value) return String(value)
  for (let digits = 1; digits < 10; digits++) {
    const text = value.toPrecision(digits)
    if (Math.fround(Number(text)) === value) return String(Number(text))
  }
  return String(value)
}

/** Whether tables are made harmless for spreadsheets: a choice of this browser's user. */
export const forSpreadsheets = useLocalStorage('gae-workbench.csv-for-spreadsheets', false)

const cell = (value: CsvValue): string => {
  if (value === null) return ''
  if (typeof value === 'number') return exactNumber(value)
  const text = forSpreadsheets.value ? harmless(String(value)) : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows as RFC 4180 text with a header line; absent values are empty cells. */
export function toCsv(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}
