import { present } from '../../../../shared/present'
import { functionalUpdate, getCoreRowModel, useVueTable } from '@tanstack/vue-table'
import { computed, reactive, toValue, type MaybeRefOrGetter, type Ref } from 'vue'
import { sortRows, type Column } from './column'
import { formatColumns, parseColumns, type ColumnChoice } from './columnChoice'

interface GridOptions<Row, C extends Column<Row>> {
  rows: () => readonly Row[]
  columns: MaybeRefOrGetter<readonly C[]>
  rowKey: (row: Row) => string
  /** "error" or "-error" (descending); empty for the order at first. */
  sort?: Ref<string>
  /** The order at first, in the same form; that of `rows` where it is left out. */
  sortedBy?: () => string
  /** What was chosen of the columns, as `parseColumns` reads it. */
  choice?: Ref<string>
}

/** The rows of a grid in their order, and its columns as they are chosen: what is shown and what is exported. */
export function useGrid<Row, C extends Column<Row> = Column<Row>>(options: GridOptions<Row, C>) {
  const columns = computed(() => toValue(options.columns))
  const sorting = computed((): { id: string; desc: boolean }[] => {
    const parse = (text = '') => ({ id: text.replace(/^-/, ''), desc: text.startsWith('-') })
    return [parse(options.sort?.value), parse(options.sortedBy?.())]
      .filter(({ id }) => columns.value.some(({ key, value }) => key === id && value))
      .slice(0, 1)
  })
  const choice = computed(() => parseColumns(options.choice?.value ?? '', columns.value))
  function choose(changed: Partial<ColumnChoice>): void {
    if (options.choice) options.choice.value = formatColumns({ ...choice.value, ...changed }, columns.value)
  }

  const definitions = computed(() =>
    columns.value.map((column) => ({
      id: column.key,
      ...(column.value && { accessorFn: column.value }),
      header: column.title,
      size: column.width,
      minSize: 0,
      sortDescFirst: column.largestFirst ?? false,
    })),
  )

  // It holds what is chosen of columns. Rows are sorted apart from it: 10,000 would take it some 300 ms, at each change.
  const table = useVueTable<Row>({
    data: [],
    get columns() {
      return definitions.value
    },
    state: reactive({
      sorting,
      columnOrder: computed(() => choice.value.columnOrder),
      columnVisibility: computed(() => choice.value.columnVisibility),
      columnPinning: computed(() => choice.value.columnPinning),
    }),
    onSortingChange(change) {
      const text = functionalUpdate(change, sorting.value).map(({ id, desc }) => `${desc ? '-' : ''}${id}`)[0] ?? ''
      if (options.sort) options.sort.value = text === options.sortedBy?.() ? '' : text
    },
    onColumnOrderChange: (change) => choose({ columnOrder: functionalUpdate(change, choice.value.columnOrder) }),
    onColumnVisibilityChange: (change) =>
      choose({ columnVisibility: functionalUpdate(change, choice.value.columnVisibility) }),
    onColumnPinningChange: (change) => choose({ columnPinning: functionalUpdate(change, choice.value.columnPinning) }),
    getCoreRowModel: getCoreRowModel(),
    enableMultiSort: false,
    enableSortingRemoval: false,
  })

  const rows = computed(() => {
    const [{ id, desc } = { id: '', desc: false }] = sorting.value
    const column = byKey.value.get(id)
    return column === undefined ? options.rows() : sortRows(options.rows(), column, desc)
  })
  const byKey = computed(() => new Map(columns.value.map((column) => [column.key, column])))
  return {
    table,
    rowKey: options.rowKey,
    rows,
    /** Columns shown, from left to right, with their state, and where they stay if they are pinned. */
    shown: computed(() =>
      [...table.getLeftVisibleLeafColumns(), ...table.getCenterVisibleLeafColumns()].map((state) => ({
        column: present(byKey.value.get(state.id)),
        state,
        pinned: state.getIsPinned() ? { left: `calc(var(--check) + ${state.getStart('left')}px)` } : undefined,
      })),
    ),
  }
}

export type Grid<Row, C extends Column<Row> = Column<Row>> = ReturnType<typeof useGrid<Row, C>>
