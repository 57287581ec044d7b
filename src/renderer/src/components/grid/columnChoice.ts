import type { Column } from './column'

/** Which columns of a grid are shown, in which order, and which stay when the others scroll. */
export interface ColumnChoice {
  columnOrder: string[]
  columnVisibility: Record<string, boolean>
  columnPinning: { left?: string[]; right?: string[] }
}

type Columns = readonly Pick<Column<never>, 'key' | 'optional'>[]

const shownAtFirst = (columns: Columns): string[] => columns.filter(({ optional }) => !optional).map(({ key }) => key)

/**
 * "*name,error": the columns shown, in their order, a star before those pinned. Where it names none they are those of the
 * definition.
 */
export function parseColumns(text: string, columns: Columns): ColumnChoice {
  const keys = columns.map(({ key }) => key)
  const bare = (part: string) => part.replace(/^\*/, '')
  const named = text.split(',').filter((part) => keys.includes(bare(part)))
  const parts = named.length === 0 ? shownAtFirst(columns) : named
  const left = parts.filter((part) => part.startsWith('*')).map(bare)
  const columnOrder = [...new Set([...left, ...parts.map(bare)])]
  const columnVisibility = Object.fromEntries(keys.map((key) => [key, columnOrder.includes(key)]))
  // A hidden column waits behind the one before it in the definition.
  keys.forEach((key, index) => {
    if (!columnVisibility[key]) columnOrder.splice(columnOrder.indexOf(keys[index - 1] ?? '') + 1, 0, key)
  })
  return { columnOrder, columnVisibility, columnPinning: { left } }
}

/** The route's form of a choice; empty for that of the definition. */
export function formatColumns(choice: ColumnChoice, columns: Columns): string {
  const { columnOrder, columnVisibility, columnPinning } = choice
  const pinned = (key: string) => columnPinning.left?.includes(key) ?? false
  const shown = columnOrder.filter((key) => columnVisibility[key])
  const parts = [...shown.filter(pinned).map((key) => `*${key}`), ...shown.filter((key) => !pinned(key))]
  return parts.join() === shownAtFirst(columns).join() ? '' : parts.join()
}
