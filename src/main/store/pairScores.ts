import type { ModelKind } from '../../shared/kinds'
import type { Knex } from 'knex'
import { z } from 'zod'
import type { ClassScore, PairScore, RecentPair, RecentScore } from '../../shared/scores'
import { viewOptionsSchema, type Thumbnail, type ViewOptions } from '../../shared/views'
import { classColumn, fromClassColumn } from './generation'
import { now } from './identifier'

interface Row {
  id: number
  run: string
  batch: string | null
  x: string
  y: string | null
  class: number
  view: string
  energy_y_given_x: number | null
  energy_x_given_y: number | null
  energy_conditional: number | null
  energy_diagonal: number | null
  error_y: number | null
  error_x: number | null
  gain: number | null
  class_score: string | null
  recipe: string
  created: string
  thumbnail_shapes: string
  thumbnail_x: Buffer
  thumbnail_y: Buffer | null
}

/** A score as it is kept. */
export interface KeptScore {
  run: string
  /** The list that it was scored with; null for a pair by itself. */
  batch: string | null
  x: string
  y: string | null
  class: number | null
  view: { x: ViewOptions; y: ViewOptions }
  energy: PairScore['energy']
  reconstructionError: PairScore['reconstructionError']
  gain: number | null
  classScore: ClassScore | null
  /** The steps from file to input, in words. */
  recipe: { x: string[]; y: string[] | null }
  thumbnails: { x: Thumbnail; y: Thumbnail | null }
}

/** A list of pairs under a model of a run. */
export interface KeptList {
  batch: string
  run: string
  class: number | null
  view: { x: ViewOptions; y: ViewOptions }
}

const viewSchema = z.object({ x: viewOptionsSchema, y: viewOptionsSchema })
/** Always the keys of the schema's order, so that equal choices are equal texts. */
const viewText = (view: KeptScore['view']): string => JSON.stringify(viewSchema.parse(view))

const columnsOf = (list: KeptList) => ({
  batch: list.batch,
  run: list.run,
  class: classColumn(list.class),
  view: viewText(list.view),
})

/** Scores that are read to find so many different pairs: each run that scored a pair has one. */
const scoresPerPair = 12

export class PairScores {
  constructor(private readonly database: Knex) {}

  put(score: KeptScore): Promise<void> {
    return this.insert(this.database, score)
  }

  /** All of them, or none. */
  async putMany(scores: readonly KeptScore[]): Promise<void> {
    await this.database.transaction(async (transaction) => {
      for (const score of scores) await this.insert(transaction, score)
    })
  }

  /** Keeps what is known of a list under a model; gains are filled in when all its rows are scored. */
  async putGains(list: KeptList, gains: readonly { x: string; y: string | null; gain: number }[]): Promise<void> {
    await this.database.transaction(async (transaction) => {
      for (const { x, y, gain } of gains) {
        await transaction<Row>('pair_scores')
          .where({ ...columnsOf(list), x, y })
          .update({ gain })
      }
    })
  }

  /** Scores of a list under a model, as it was looked at. */
  async ofList(list: KeptList): Promise<KeptScore[]> {
    return (await this.database<Row>('pair_scores').where(columnsOf(list))).map(fromRow)
  }

  /** The same pair scored again in the same way replaces its score. */
  private async insert(database: Knex, score: KeptScore): Promise<void> {
    const { energy, reconstructionError, thumbnails, classScore } = score
    const row: Omit<Row, 'id'> = {
      run: score.run,
      batch: score.batch,
      x: score.x,
      y: score.y,
      class: classColumn(score.class),
      view: viewText(score.view),
      energy_y_given_x: energy.yGivenX,
      energy_x_given_y: energy.xGivenY,
      energy_conditional: energy.conditional,
      energy_diagonal: energy.diagonal,
      error_y: reconstructionError.y,
      error_x: reconstructionError.x,
      gain: score.gain,
      class_score: classScore && JSON.stringify({ ...classScore, parts: undefined }),
      recipe: JSON.stringify(score.recipe),
      created: now(),
      thumbnail_shapes: JSON.stringify({ x: thumbnails.x.shape, y: thumbnails.y?.shape ?? null }),
      thumbnail_x: Buffer.from(thumbnails.x.pixels),
      thumbnail_y: thumbnails.y && Buffer.from(thumbnails.y.pixels),
    }
    const columns = Object.keys(row)
    const values = columns.map((column) => row[column as keyof typeof row])
    // The unique index is of expressions, which knex's onConflict cannot name.
    await database.raw(
      `INSERT INTO pair_scores (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (run, x, COALESCE(y, ''), class, view, COALESCE(batch, ''))
       DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
      values as Knex.RawBinding[],
    )
  }

  /** Pairs that were looked at by themselves, newest first, each once. */
  async recent(count: number): Promise<RecentPair[]> {
    const rows: (Row & { run_name: string; kind: ModelKind; x_name: string; y_name: string | null })[] =
      await this.database('pair_scores as score')
        .join('runs', 'runs.id', 'score.run')
        .join('images as x', 'x.sha256', 'score.x')
        .leftJoin('images as y', 'y.sha256', 'score.y')
        .whereNull('score.batch')
        .whereNull('runs.deleted')
        .orderBy([
          { column: 'score.created', order: 'desc' },
          { column: 'score.id', order: 'desc' },
        ])
        .limit(count * scoresPerPair)
        .select('score.*', 'runs.name as run_name', 'runs.kind as kind', 'x.name as x_name', 'y.name as y_name')
    const pairs = new Map<string, RecentPair>()
    for (const row of rows) {
      const key = [row.x, row.y, row.view].join(' ')
      const pair = pairs.get(key)
      if (pair !== undefined) pair.scores.push(recentScore(row))
      else if (pairs.size < count) pairs.set(key, recentPair(row))
    }
    return [...pairs.values()]
  }
}

const fromRow = (row: Row): KeptScore => ({
  run: row.run,
  batch: row.batch,
  x: row.x,
  y: row.y,
  class: fromClassColumn(row.class),
  view: viewSchema.parse(JSON.parse(row.view)),
  energy: energyOf(row),
  reconstructionError: { y: row.error_y, x: row.error_x },
  gain: row.gain,
  classScore: classScoreOf(row),
  recipe: JSON.parse(row.recipe) as KeptScore['recipe'],
  thumbnails: thumbnailsOf(row),
})

const recentScore = (row: Row & { run_name: string; kind: ModelKind }): RecentScore => ({
  run: row.run,
  runName: row.run_name,
  kind: row.kind,
  class: fromClassColumn(row.class),
  energy: energyOf(row),
  gain: row.gain,
  predicted: classScoreOf(row)?.predicted ?? null,
})

const recentPair = (
  row: Row & { run_name: string; kind: ModelKind; x_name: string; y_name: string | null },
): RecentPair => ({
  x: { sha256: row.x, name: row.x_name },
  y: row.y === null ? null : { sha256: row.y, name: row.y_name ?? '' },
  view: viewSchema.parse(JSON.parse(row.view)),
  thumbnails: thumbnailsOf(row),
  scores: [recentScore(row)],
  at: row.created,
})

const energyOf = (row: Row): PairScore['energy'] => ({
  yGivenX: row.energy_y_given_x,
  xGivenY: row.energy_x_given_y,
  conditional: row.energy_conditional,
  diagonal: row.energy_diagonal,
})

const classScoreOf = ({ class_score }: Row): ClassScore | null =>
  class_score === null ? null : (JSON.parse(class_score) as ClassScore)

function thumbnailsOf({ thumbnail_shapes, thumbnail_x, thumbnail_y }: Row): KeptScore['thumbnails'] {
  const shapes = JSON.parse(thumbnail_shapes) as { x: [number, number]; y: [number, number] | null }
  return {
    x: { shape: shapes.x, pixels: new Uint8Array(thumbnail_x) },
    y: shapes.y === null || thumbnail_y === null ? null : { shape: shapes.y, pixels: new Uint8Array(thumbnail_y) },
  }
}
