import type { Knex } from 'knex'

export interface RunState {
  shown: string
  /** Its name, tags and note. */
  said: string
}

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

  /** Texts of each run, by id, that differ whenever what windows show of it differs, or what a user says of it. */
  async runs(): Promise<Map<string, RunState>> {
    // SQLite puts the texts together, in its own thread: rows of many columns would hold main up.
    const rows = (await this.database('runs').select(
      'id',
      this.database.raw(
        'json_array(name, remarks, status, deleted, epochs, progress, generation, finished, engine, position) AS shown',
      ),
      this.database.raw('json_array(name, remarks) AS said'),
    )) as (RunState & { id: string })[]
    return new Map(rows.map(({ id, shown, said }) => [id, { shown, said }]))
  }
}
