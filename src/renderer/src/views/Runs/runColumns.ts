import { createColumnHelper } from '@tanstack/vue-table'
import type { RunSummary } from '../../../../shared/runs'

const column = createColumnHelper<RunSummary>()

/** Where a status stands when the table is sorted by it: what needs a look first. */
const statusOrder: Record<RunSummary['status'], number> = {
  running: 0,
  queued: 1,
  failed: 2,
  interrupted: 3,
  cancelled: 4,
  done: 5,
}

/** Columns of the runs table. Absent values are undefined, which sorts last both ways. */
export const runColumns = [
  column.accessor('name', { header: 'Name', sortingFn: 'alphanumeric', sortDescFirst: false }),
  column.accessor((run) => statusOrder[run.status], { id: 'status', header: 'Status', sortDescFirst: false }),
  column.accessor('dataset', { header: 'Data', sortingFn: 'alphanumeric', sortDescFirst: false }),
  column.accessor('kind', { header: 'Model', sortingFn: 'alphanumeric', sortDescFirst: false }),
  column.accessor((run) => run.test?.error ?? undefined, {
    id: 'error',
    header: 'Test error [95 %]',
    sortDescFirst: false,
    sortUndefined: 'last',
  }),
  column.accessor((run) => run.finished ?? run.started ?? run.created, {
    id: 'when',
    header: 'When',
    sortingFn: 'basic',
    sortDescFirst: true,
  }),
]

export const runColumnIds = ['name', 'status', 'dataset', 'kind', 'error', 'when'] as const
export type RunColumnId = (typeof runColumnIds)[number]

export interface RunSort {
  by: RunColumnId
  descending: boolean
}

export const newestFirst: RunSort = { by: 'when', descending: true }

/** "error", "-when": the route's form of an order; anything else is the newest first. */
export function parseSort(text: string | null): RunSort {
  const by = runColumnIds.find((id) => id === text?.replace(/^-/, ''))
  return by === undefined ? newestFirst : { by, descending: text!.startsWith('-') }
}

/** null for the order that needs no saying. */
export function formatSort({ by, descending }: RunSort): string | null {
  return by === newestFirst.by && descending ? null : `${descending ? '-' : ''}${by}`
}

/** Every word must occur in the name, status, data, model, engine or id, whatever the case. */
export function matchesRun(run: RunSummary, filter: string): boolean {
  const text = [run.name, run.status, run.dataset, run.kind, run.engine ?? '', run.device ?? '', run.id]
    .join('\n')
    .toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
