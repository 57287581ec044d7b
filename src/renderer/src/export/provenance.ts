import type { RunDetail } from '../../../shared/runs'

/** Where exported numbers come from; every exported file carries it. */
export type Origin = Pick<RunDetail, 'id' | 'name' | 'seed' | 'dataset' | 'datasetHash'>

/** First columns of every exported table of a run. */
export const originColumns = ['run', 'run_name', 'seed', 'dataset', 'dataset_sha256'] as const

export const originCells = ({ id, name, seed, dataset, datasetHash }: Origin) => [id, name, seed, dataset, datasetHash]

/** One line below an exported picture. Imported weights have neither a seed nor data here: in their dataset's place it says so. */
export const originLine = ({ id, name, seed, dataset, datasetHash }: Origin): string =>
  datasetHash === ''
    ? `${name} (${id}), ${dataset}`
    : `${name} (${id}), seed ${seed}, dataset ${dataset} (sha256 ${datasetHash.slice(0, 12)})`

/** A file name that every system takes, of the run's name and what the file holds. */
export const fileName = (name: string, thing: string, extension: string): string =>
  `${
    name
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[.-]+|-+$/g, '')
      .slice(0, 80) || 'run'
  }-${thing}.${extension}`
