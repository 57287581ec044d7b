import type { Dataset } from '../../../../shared/datasets'
import { absent, formatCount } from '../../../../shared/numbers'
import type { Column } from '../../components/grid/column'
import { formatBytes, formatTime } from '../../format'
import { shapeWords, sourceWords } from './words'

const number = { align: 'right', width: 88 } as const

const classCount = ({ classes }: Dataset) => (classes === null ? absent : formatCount(classes.length))

/** Columns of the list of datasets, which stays in the order of their making. */
export const datasetColumns: readonly Column<Dataset>[] = [
  { key: 'name', title: 'Name', text: ({ name }) => name, width: 120, grow: '1fr' },
  { key: 'train', title: 'Train', text: ({ n }) => formatCount(n.train), ...number },
  { key: 'valid', title: 'Validation', text: ({ n }) => formatCount(n.valid), ...number },
  { key: 'test', title: 'Test', text: ({ n }) => formatCount(n.test), ...number },
  { key: 'shape', title: 'Shape', text: shapeWords, width: 104 },
  { key: 'classes', title: 'Classes', text: classCount, ...number, width: 72 },
  { key: 'source', title: 'From', text: sourceWords, muted: true, width: 88, grow: '20%' },
  { key: 'bytes', title: 'Size', text: ({ bytes }) => formatBytes(bytes), ...number },
  { key: 'made', title: 'Made', text: ({ created }) => formatTime(created), cell: 'made', muted: true, ...number },
  { key: 'actions', title: 'Actions', untitled: true, text: () => '', cell: 'actions', align: 'right', width: 44 },
]
