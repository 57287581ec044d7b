import { getCoreRowModel, getFilteredRowModel, getSortedRowModel, useVueTable } from '@tanstack/vue-table'
import { computed, type Ref } from 'vue'
import type { RunSummary } from '../../../../shared/runs'
import { matchesRun, runColumns, type RunSort } from './runColumns'

/** The runs table: filtered by text, sorted by one column; equal rows keep the order of `runs` (newest first). */
export function useRunsTable(runs: Ref<readonly RunSummary[]>, filter: Ref<string>, sort: Ref<RunSort>) {
  // The same array until the order changes: the table sorts anew for every new one.
  const sorting = computed(() => [{ id: sort.value.by, desc: sort.value.descending }])
  return useVueTable<RunSummary>({
    get data() {
      return runs.value as RunSummary[]
    },
    columns: runColumns,
    state: {
      get sorting() {
        return sorting.value
      },
      get globalFilter() {
        return filter.value.trim()
      },
    },
    getRowId: (run) => run.id,
    // The filter looks at the whole run, so one column is enough to carry it.
    getColumnCanGlobalFilter: (column) => column.id === 'name',
    globalFilterFn: (row, _column, text: string) => matchesRun(row.original, text),
    getCoreRowModel: getCoreRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    getSortedRowModel: getSortedRowModel(),
    // All rows are on one page, so there is none to go back to.
    autoResetPageIndex: false,
    enableMultiSort: false,
    enableSortingRemoval: false,
  })
}
