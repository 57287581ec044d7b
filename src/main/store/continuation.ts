import type { Knex } from 'knex'

/**
 * Gives a run that was just made what a shorter run of the same spec has trained: its models where they stand, the curve up
 * to there, its engine, and the seconds that it took. It goes on as if it had never stopped.
 */
export async function continueFrom(database: Knex, run: string, shorter: string): Promise<void> {
  await database.raw(
    `INSERT INTO checkpoints (run, phase, class, epoch, final, sha256, bytes, generation, created)
     SELECT ?, phase, class, epoch, CASE phase WHEN 'pretrain' THEN 0 ELSE final END, sha256, bytes, 0, created
     FROM checkpoints WHERE run = ? AND phase IN ('whiten', 'pretrain')`,
    [run, shorter],
  )
  await database.raw(
    `INSERT INTO metrics (run, phase, class, epoch, train_loss, valid_loss, valid_error, seconds)
     SELECT ?, phase, class, epoch, train_loss, valid_loss, valid_error, seconds
     FROM metrics WHERE run = ? AND phase = 'pretrain'`,
    [run, shorter],
  )
  await database.raw(
    `UPDATE runs SET epochs = other.epochs, seconds = other.seconds, engine = other.engine, device = other.device,
       dtype = other.dtype, exit_reason = 'it goes on from ' || other.name
     FROM (SELECT * FROM runs WHERE id = ?) AS other WHERE runs.id = ?`,
    [shorter, run],
  )
}
