import type { Knex } from 'knex'
import type { Metric, Phase } from '../../shared/runs'
import { asGeneration, classColumn, fromClassColumn } from './generation'

interface Row {
  run: string
  phase: Phase
  class: number
  epoch: number
  train_loss: number
  valid_loss: number | null
  valid_error: number | null
  seconds: number
}

export class Metrics {
  constructor(private readonly database: Knex) {}

  /** Adds finished epochs; one that is told again (after a resume) replaces its forerunner. @throws LEASE_LOST */
  async add(run: string, generation: number, metrics: readonly Metric[]): Promise<void> {
    if (metrics.length === 0) return
    const rows = metrics.map((metric): Row => ({
      run,
      phase: metric.phase,
      class: classColumn(metric.class),
      epoch: metric.epoch,
      train_loss: metric.trainLoss,
      valid_loss: metric.validLoss,
      valid_error: metric.validError,
      seconds: metric.seconds,
    }))
    const epochs = Math.max(0, ...metrics.filter(({ phase }) => phase === 'pretrain').map(({ epoch }) => epoch))
    await asGeneration(this.database, run, generation, async (transaction) => {
      for (const row of rows) {
        await transaction<Row>('metrics').insert(row).onConflict(['run', 'phase', 'class', 'epoch']).merge()
      }
      await transaction('runs').where({ id: run }).where('epochs', '<', epochs).update({ epochs })
    })
  }

  /** By phase, class, epoch. */
  async list(run: string): Promise<Metric[]> {
    const rows = await this.database<Row>('metrics')
      .where({ run })
      .orderByRaw(`CASE phase WHEN 'pretrain' THEN 0 WHEN 'fit' THEN 1 ELSE 2 END, class, epoch`)
    return rows.map((row) => ({
      phase: row.phase,
      class: fromClassColumn(row.class),
      epoch: row.epoch,
      trainLoss: row.train_loss,
      validLoss: row.valid_loss,
      validError: row.valid_error,
      seconds: row.seconds,
    }))
  }
}
