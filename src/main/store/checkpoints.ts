import { join } from 'node:path'
import type { Knex } from 'knex'
import type { Phase } from '../../shared/runs'
import type { CheckpointInfo } from '../../shared/trainer'
import type { DataPaths } from './dataFolder'
import { asGeneration, classColumn, fromClassColumn } from './generation'
import { now } from './identifier'

interface Row {
  run: string
  phase: Phase
  class: number
  epoch: number
  final: number | boolean
  sha256: string
  bytes: number
  generation: number
  created: string
}

export class Checkpoints {
  constructor(
    private readonly database: Knex,
    private readonly paths: DataPaths,
  ) {}

  /** Path of a checkpoint's file: rows hold no paths, so that a data folder may be moved. */
  path(sha256: string): string {
    return join(this.paths.checkpoints, `${sha256}.safetensors`)
  }

  /**
   * Makes a finished file the checkpoint of its phase and class.
   * @returns files that nothing needs any more: the former checkpoint's
   * @throws LEASE_LOST where the generation is no longer the current one; the file is then nobody's
   */
  adopt(run: string, generation: number, checkpoint: CheckpointInfo): Promise<string[]> {
    const { phase, epoch, final, sha256, bytes } = checkpoint
    const key = { run, phase, class: classColumn(checkpoint.class) }
    return asGeneration(this.database, run, generation, async (transaction) => {
      const former = await transaction<Row>('checkpoints').where(key).first()
      await transaction<Row>('checkpoints')
        .insert({ ...key, epoch, final, sha256, bytes, generation, created: now() })
        .onConflict(['run', 'phase', 'class'])
        .merge()
      return former === undefined ? [] : this.unused(transaction, [former.sha256])
    })
  }

  /** By phase and class. */
  async list(run: string): Promise<CheckpointInfo[]> {
    const rows = await this.database<Row>('checkpoints').where({ run }).orderBy(['phase', 'class'])
    return rows.map((row) => ({
      sha256: row.sha256,
      path: this.path(row.sha256),
      bytes: row.bytes,
      phase: row.phase,
      class: fromClassColumn(row.class),
      epoch: row.epoch,
      final: Boolean(row.final),
    }))
  }

  /** Paths of those files that no row names. */
  async unused(database: Knex, sha256s: readonly string[]): Promise<string[]> {
    const rows = await database<Row>('checkpoints').whereIn('sha256', sha256s).select('sha256')
    const named = new Set(rows.map(({ sha256 }) => sha256))
    return sha256s.filter((sha256) => !named.has(sha256)).map((sha256) => this.path(sha256))
  }
}
