import type { ErrorData } from '../../shared/errors'
import type { Dataset } from '../../shared/datasets'
import type { DeviceChoice } from '../../shared/devices'
import type { ModelKind } from '../../shared/kinds'
import type { Evaluation, Progress, RunDetail, RunStatus, RunSummary } from '../../shared/runs'
import { runSpecSchema } from '../../shared/spec/schema'

/** A row of the table `runs`. */
export interface RunRow {
  id: string
  name: string
  status: RunStatus
  spec: string
  kind: ModelKind
  classifier: number | boolean
  dataset: string
  dataset_id: string | null
  dataset_hash: string
  seed: number
  slot: number
  requested_device: DeviceChoice
  created: string
  queued: string | null
  started: string | null
  finished: string | null
  deleted: string | null
  engine: string | null
  device: string | null
  dtype: string | null
  versions: string
  resumed: string
  epochs: number
  seconds: number
  progress: string | null
  warnings: string
  note: string | null
  sweep: string | null
  threads: number | null
  position: number | null
  error: string | null
  exit_reason: string | null
  generation: number
  engine_generation: number
}

/** Columns of a summary: lists of thousands of runs read no specs. */
export const summaryColumns = [
  'id',
  'name',
  'status',
  'dataset',
  'kind',
  'classifier',
  'seed',
  'slot',
  'created',
  'started',
  'finished',
  'deleted',
  'engine',
  'device',
  'dtype',
  'epochs',
  'seconds',
  'dataset_hash',
  'progress',
  'error',
  'warnings',
  'note',
  'sweep',
  'threads',
  'position',
] as const satisfies (keyof RunRow)[]

/** The seed of the recipe of a run's dataset. */
export const dataSeedSql = "(SELECT json_extract(recipe, '$.seed') FROM datasets WHERE datasets.id = runs.dataset_id)"

/** Of other tables: that seed, and the run's tags. */
export const otherColumns = `
  ${dataSeedSql} AS data_seed,
  (SELECT json_group_array(tag ORDER BY tag) FROM run_tags WHERE run_tags.run = runs.id) AS tags`

export type SummaryRow = Pick<RunRow, (typeof summaryColumns)[number]> & { data_seed: number | null; tags: string }

export function toSummary(row: SummaryRow, results: readonly Evaluation[]): RunSummary {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    dataset: row.dataset,
    kind: row.kind,
    classifier: Boolean(row.classifier),
    seed: row.seed,
    dataSeed: row.data_seed,
    slot: row.slot,
    created: row.created,
    started: row.started,
    finished: row.finished,
    deleted: row.deleted,
    engine: row.engine,
    device: row.device,
    dtype: row.dtype,
    epochs: row.epochs,
    seconds: row.seconds,
    datasetHash: row.dataset_hash,
    progress: row.progress === null ? null : (JSON.parse(row.progress) as Progress),
    valid: results.find(({ split }) => split === 'valid') ?? null,
    test: results.find(({ split }) => split === 'test') ?? null,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorData),
    tags: JSON.parse(row.tags) as string[],
    note: row.note,
    sweep: row.sweep,
    threads: row.threads,
    position: row.position,
    ...(row.warnings === '[]' ? {} : { warnings: JSON.parse(row.warnings) as ErrorData[] }),
  }
}

export function toDetail(
  row: RunRow & SummaryRow,
  results: readonly Evaluation[],
  datasetInfo: Dataset | null,
  hasCheckpoint: boolean,
): RunDetail {
  return {
    ...toSummary(row, results),
    spec: runSpecSchema.parse(JSON.parse(row.spec)),
    requestedDevice: row.requested_device,
    versions: JSON.parse(row.versions) as Record<string, string>,
    datasetInfo,
    resumed: JSON.parse(row.resumed) as RunDetail['resumed'],
    exitReason: row.exit_reason,
    hasCheckpoint,
  }
}
