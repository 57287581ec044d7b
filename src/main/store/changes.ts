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
    const rows = await this.database<Record<string, unknown>>('runs').select(
      'id',
      'name',
      'remarks',
      'status',
      'deleted',
      'epochs',
      'progress',
      'generation',
      'finished',
      'engine',
    )
    return new Map(
      rows.map((row) => [
        String(row.id),
        { shown: JSON.stringify(row), said: JSON.stringify([row.name, row.remarks]) },
      ]),
    )
  }
}
