import { absent } from '../../../../shared/numbers'
import type { Job } from '../../../../shared/queue'
import type { Column } from '../../components/grid/column'
import { formatEta } from '../../format'

/** When a job is finished: "~4 min"; a running one that says nothing yet is being measured. */
export function doneText({ status, eta }: Job): string {
  if (eta === null) return status === 'running' ? 'measuring' : 'no estimate yet'
  return formatEta({ eta, fraction: 0 })
}

/** "1 thread"; one that is held to none uses what its phases want. */
export const threadsText = ({ threads }: Job): string =>
  threads === null ? 'all cores' : threads === 1 ? '1 thread' : `${threads} threads`

/** In the order of the queue: it is not sorted by anything else. */
export const jobColumns: readonly Column<Job>[] = [
  {
    key: 'position',
    title: 'Place',
    meaning: 'Place among those that wait',
    text: ({ position }) => (position === null ? absent : String(position)),
    align: 'right',
    width: 56,
  },
  { key: 'name', title: 'Run', text: ({ name }) => name, cell: 'name', width: 140, grow: '2fr' },
  { key: 'status', title: 'Status', text: ({ status }) => status, cell: 'status', width: 96 },
  { key: 'progress', title: 'Progress', text: () => '', cell: 'progress', width: 140 },
  { key: 'done', title: 'Done in', meaning: 'Time until it is finished', text: doneText, cell: 'done', width: 120 },
  { key: 'dataset', title: 'Data', text: ({ dataset }) => dataset, muted: true, width: 80, grow: '1fr' },
  { key: 'model', title: 'Model', text: ({ kind }) => kind, muted: true, width: 64 },
  { key: 'threads', title: 'Threads', meaning: 'Threads of every phase', text: threadsText, muted: true, width: 88 },
  { key: 'acts', title: 'Actions', untitled: true, text: () => '', cell: 'acts', width: 104 },
]
