import { describe, expect, it } from 'vitest'
import { sortRows, type Column } from '../../../../src/renderer/src/components/grid/column'
import { formatColumns, parseColumns } from '../../../../src/renderer/src/components/grid/columnChoice'

const column = (more: Partial<Column<string | null>>): Column<string | null> => ({
  key: 'it',
  title: 'It',
  text: String,
  value: (row) => row,
  width: 80,
  ...more,
})

describe('order of rows', () => {
  const order = (of: Column<string | null>, rows: (string | null)[], descending: boolean) =>
    sortRows(rows, of, descending)

  it('is that of names as people count, and of numbers', () => {
    expect(order(column({}), ['p10', 'p9', 'P1'], false)).toEqual(['P1', 'p9', 'p10'])
    const size = column({ value: (row) => Number(row) })
    expect(order(size, ['1e3', '7', '-2'], false)).toEqual(['-2', '7', '1e3'])
  })

  it("is the column's own where it has one", () => {
    const statuses = ['running', 'failed', 'done']
    const status = column({ compare: (a, b) => statuses.indexOf(a!) - statuses.indexOf(b!) })
    expect(order(status, ['done', 'failed', 'running'], false)).toEqual(statuses)
    expect(order(status, ['done', 'failed', 'running'], true)).toEqual([...statuses].reverse())
  })

  it('has rows without a value last, both ways', () => {
    expect(order(column({}), [null, 'b', null, 'a'], false)).toEqual(['a', 'b', null, null])
    expect(order(column({}), [null, 'b', null, 'a'], true)).toEqual(['b', 'a', null, null])
  })

  it('leaves equal rows as they were, both ways', () => {
    const length = column({ value: (row) => row!.length })
    expect(order(length, ['bb', 'aa', 'c'], false)).toEqual(['c', 'bb', 'aa'])
    expect(order(length, ['c', 'bb', 'aa'], true)).toEqual(['bb', 'aa', 'c'])
  })
})

describe('columns in the route', () => {
  const columns = ['name', 'status', 'error', 'when'].map((key) => ({ key, optional: key === 'error' }))
  const shown = (text: string) => {
    const { columnOrder, columnVisibility } = parseColumns(text, columns)
    return columnOrder.filter((key) => columnVisibility[key])
  }

  it('are those of the definition where it names none that is known', () => {
    expect(shown('')).toEqual(['name', 'status', 'when'])
    expect(shown('nonsense')).toEqual(['name', 'status', 'when'])
    expect(formatColumns(parseColumns('', columns), columns)).toBe('')
  })

  it('survive being read and written, those pinned first', () => {
    for (const text of ['*name,error', 'when,name', '*when,*status,error', 'error']) {
      expect(formatColumns(parseColumns(text, columns), columns)).toBe(text)
    }
    expect(formatColumns(parseColumns('name,*when,name,gone', columns), columns)).toBe('*when,name')
    expect(parseColumns('status,*when', columns).columnPinning).toEqual({ left: ['when'] })
  })

  it('come back to their place in the definition when they are shown again', () => {
    const without = parseColumns('name,when', columns)
    const again = { ...without, columnVisibility: { ...without.columnVisibility, status: true } }
    expect(formatColumns(again, columns)).toBe('')
  })
})
