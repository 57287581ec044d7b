import type { Knex } from 'knex'
import { WorkbenchError } from '../../shared/errors'
import { mostTags, type TagRequest } from '../../shared/remarks'

/** What a user says of runs: tags, and a note. */
export class Remarks {
  constructor(private readonly database: Knex) {}

  /**
   * Gives tags to all of the runs and takes some from them, or changes nothing.
   * @param runs ids
   * @throws TOO_MANY_TAGS
   */
  async tag(runs: readonly string[], { add, remove }: Pick<TagRequest, 'add' | 'remove'>): Promise<void> {
    const ids = JSON.stringify(runs)
    await this.database.transaction(async (transaction) => {
      // A write comes first: a transaction that begins by reading could not wait for another process's write.
      await transaction.raw('UPDATE runs SET remarks = remarks + 1 WHERE id IN (SELECT value FROM json_each(?))', [ids])
      for (const tag of remove) {
        await transaction.raw('DELETE FROM run_tags WHERE tag = ? AND run IN (SELECT value FROM json_each(?))', [
          tag,
          ids,
        ])
      }
      for (const tag of add) {
        await transaction.raw('INSERT OR IGNORE INTO run_tags (run, tag) SELECT value, ? FROM json_each(?)', [tag, ids])
      }
      await refuseTooMany(transaction, ids)
    })
  }

  /** @param note null removes it */
  async note(run: string, note: string | null): Promise<void> {
    await this.database('runs')
      .where({ id: run })
      .update({ note, remarks: this.database.raw('remarks + 1') })
  }
}

async function refuseTooMany(transaction: Knex.Transaction, ids: string): Promise<void> {
  const full = (await transaction.raw(
    `SELECT name, count(*) AS tags FROM run_tags JOIN runs ON runs.id = run
     WHERE run IN (SELECT value FROM json_each(?)) GROUP BY run HAVING tags > ? LIMIT 1`,
    [ids, mostTags],
  )) as { name: string; tags: number }[]
  const [one] = full
  if (one === undefined) return
  throw new WorkbenchError('TOO_MANY_TAGS', `${one.name} would have ${one.tags} tags, ${mostTags} at most`, {
    remedy: 'Take some away first; nothing was changed.',
  })
}
