import type { Knex } from 'knex'
import type { SplitName } from '../../shared/datasets'
import type { Evaluation, Prediction, PredictionQuery } from '../../shared/runs'
import type { SplitResult } from '../../shared/trainer'
import { asGeneration } from './generation'

interface Row {
  run: string
  split: string
  evaluation: string
  labels: Buffer | null
  predicted: Buffer | null
  scores: Buffer | null
}

/** Scores of one split: labels and predictions [n], scores [n, C]. */
export interface StoredPredictions {
  labels: Int32Array
  predicted: Int32Array
  scores: Float32Array
}

const toBlob = (data: Int32Array | Float32Array | null): Buffer | null =>
  data === null ? null : Buffer.from(data.buffer, data.byteOffset, data.byteLength)

/** A copy, since a Buffer of the driver need not be aligned. */
const bufferOf = (blob: Buffer): ArrayBuffer => Uint8Array.from(blob).buffer

/** SQL of a figure that evaluations keep under its own name, of a run of the table `runs`. Our own text, never a user's. */
export const figureSql = (split: SplitName, figure: string): string =>
  `(SELECT json_extract(evaluation, '$.${figure}') FROM results WHERE results.run = runs.id AND split = '${split}')`

export class Results {
  constructor(private readonly database: Knex) {}

  /** Keeps the results of splits; those of the same split are replaced. @throws LEASE_LOST */
  async put(run: string, generation: number, results: readonly SplitResult[]): Promise<void> {
    await asGeneration(this.database, run, generation, async (transaction) => {
      for (const { evaluation, labels, predicted, scores } of results) {
        const row: Row = {
          run,
          split: evaluation.split,
          evaluation: JSON.stringify(evaluation),
          labels: toBlob(labels),
          predicted: toBlob(predicted),
          scores: toBlob(scores),
        }
        await transaction<Row>('results').insert(row).onConflict(['run', 'split']).merge()
      }
    })
  }

  async list(run: string): Promise<Evaluation[]> {
    return (await this.listAll([run])).get(run) ?? []
  }

  /** Evaluations of many runs. */
  async listAll(runs: readonly string[] | 'all'): Promise<Map<string, Evaluation[]>> {
    const query = this.database<Row>('results').select('run', 'evaluation').orderBy('split')
    // One mark for all of them: SQLite binds 32,766 values at most.
    const ids = JSON.stringify(runs)
    const rows = await (runs === 'all' ? query : query.whereRaw('run IN (SELECT value FROM json_each(?))', [ids]))
    const byRun = new Map<string, Evaluation[]>()
    for (const { run, evaluation } of rows) {
      byRun.set(run, [...(byRun.get(run) ?? []), JSON.parse(evaluation) as Evaluation])
    }
    return byRun
  }

  /** All predictions of a split; null without a classifier or before it is evaluated. */
  async predictions(run: string, split: SplitName): Promise<StoredPredictions | null> {
    const row = await this.database<Row>('results').where({ run, split }).first()
    if (!row?.labels || !row.predicted || !row.scores) return null
    return {
      labels: new Int32Array(bufferOf(row.labels)),
      predicted: new Int32Array(bufferOf(row.predicted)),
      scores: new Float32Array(bufferOf(row.scores)),
    }
  }
}

/**
 * Images of one cell of the confusion matrix; without `label` and `predicted`, every error. By their index, or by how
 * far the true class's score lies below the highest.
 * @returns how many there are in all, and `count` of them from `at` on
 */
export function selectPredictions(
  { labels, predicted, scores }: StoredPredictions,
  query: {
    label?: number | undefined
    predicted?: number | undefined
    order?: PredictionQuery['order']
    at: number
    count: number
  },
): { total: number; rows: Prediction[] } {
  const anyCell = query.label === undefined && query.predicted === undefined
  const matching: number[] = []
  for (let index = 0; index < labels.length; index++) {
    const [label, guess] = [labels[index], predicted[index]]
    const wanted = anyCell ? label !== guess : (query.label ?? label) === label && (query.predicted ?? guess) === guess
    if (wanted) matching.push(index)
  }
  const classes = labels.length === 0 ? 0 : scores.length / labels.length
  if (query.order === 'margin') {
    const of = (index: number) => {
      const own = scores.subarray(index * classes, (index + 1) * classes)
      return own.reduce((most, score) => Math.max(most, score), -Infinity) - own[labels[index]]
    }
    matching.sort((a, b) => of(b) - of(a) || a - b)
  }
  const rows = matching.slice(query.at, query.at + query.count).map((index) => ({
    index,
    label: labels[index],
    predicted: predicted[index],
    scores: [...scores.subarray(index * classes, (index + 1) * classes)],
  }))
  return { total: matching.length, rows }
}
