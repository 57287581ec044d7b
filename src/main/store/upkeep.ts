import { stat } from 'node:fs/promises'
import type { Knex } from 'knex'
import type { WorkbenchError } from '../../shared/errors'
import { backUpDaily } from './backup'
import { connect, refuseAll } from './connection'
import type { DataPaths } from './dataFolder'
import { checkWhole, damaged, isDamaged } from './soundness'

/** A database of this size is read whole within a few hundredths of a second: whoever ends sooner waits for it. */
const shortBytes = 16 * 1024 * 1024

/** How often a statement is told to end: told before it has begun, it does not hear. */
const interruptMilliseconds = 20

/**
 * Looks after a database beside the work: reads it whole for damage, then makes the copy of the day, over a connection of
 * its own in a thread of SQLite's driver, so that nothing waits for it.
 *
 * Damage that is found, there or by any statement, closes the database: nothing more is read from it or written to it.
 */
export class Upkeep {
  /** Settles when damage is found: DATABASE_DAMAGED, naming the newest backup. Without any it stays open. */
  readonly damage: Promise<WorkbenchError>
  #tell: (error: WorkbenchError) => void = () => undefined
  #found: Promise<WorkbenchError> | null = null
  #stopped = false
  #interrupt: () => void = () => undefined
  #work: Promise<WorkbenchError | null> | null = null

  constructor(
    private readonly database: Knex,
    private readonly paths: DataPaths,
    private readonly most = shortBytes,
  ) {
    this.damage = new Promise((resolve) => (this.#tell = resolve))
    database.on('query-error', (error: unknown) => void this.judge(error))
  }

  /**
   * Does both, once.
   * @returns the damage that was found, or null
   * @throws what kept the copy from being made
   */
  begin(): Promise<WorkbenchError | null> {
    this.#work ??= this.#begin()
    return this.#work
  }

  /** Whether it takes so little time that a single command can wait for it, and tell nothing of a damaged database. */
  isShort(): Promise<boolean> {
    return stat(this.paths.database).then(
      ({ size }) => size <= this.most,
      () => false,
    )
  }

  /** @returns the damage, where SQLite says so; the database is closed then */
  judge(error: unknown): Promise<WorkbenchError> | null {
    if (!isDamaged(error)) return null
    if (this.#found === null) {
      this.#found = damaged(this.paths, error)
      refuseAll(this.database, this.#found)
      void this.#found.then(this.#tell)
    }
    return this.#found
  }

  /** Ends what is under way, unless it is short: it is begun anew at the next opening. */
  async stop(): Promise<void> {
    this.#stopped = !(await this.isShort())
    if (this.#stopped) await this.#cut()
    else await this.#work?.catch(() => undefined)
  }

  async #cut(): Promise<void> {
    const again = setInterval(() => this.#interrupt(), interruptMilliseconds)
    this.#interrupt()
    await this.#work?.catch(() => undefined)
    clearInterval(again)
  }

  async #begin(): Promise<WorkbenchError | null> {
    const beside = connect(this.paths.database, 0, (connection) => (this.#interrupt = () => connection.interrupt()))
    try {
      for (const work of [checkWhole, (one: Knex) => backUpDaily(one, this.paths)]) {
        if (!this.#stopped) await work(beside)
      }
      return null
    } catch (error) {
      if (this.#stopped) return null
      const damage = this.judge(error)
      if (damage === null) throw error
      return await damage
    } finally {
      this.#interrupt = () => undefined
      await beside.destroy()
    }
  }
}
