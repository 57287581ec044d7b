import type { Knex } from 'knex'

/** What other processes did to the database. */
export class Changes {
  #version: number | null = null

  constructor(private readonly database: Knex) {}

  /** Whether another process has written since the last call; the first call says no. */
  async byOthers(): Promise<boolean> {
    const rows = (await this.database.raw('PRAGMA data_version')) as { data_version: number }[]
    const version = rows[0]?.data_version ?? 0
    const changed = this.#version !== null && version !== this.#version
    this.#version = version
    return changed
  }

  /** A text of each run that differs whenever what windows show of it differs, by id. */
  async runs(): Promise<Map<string, string>> {
    // SQLite puts the texts together, in its own thread: rows of many columns would hold main up.
    const state = 'json_array(name, status, deleted, epochs, progress, generation, finished, engine) AS state'
    const rows = (await this.database('runs').select('id', this.database.raw(state))) as { id: string; state: string }[]
    return new Map(rows.map(({ id, state }) => [id, state]))
  }
}
