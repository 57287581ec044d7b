import knexPackage, { type Knex } from 'knex'

/** How long a statement waits while another process writes. */
const busyMilliseconds = 15_000

interface Connection {
  exec(sql: string, done: (error: Error | null) => void): void
  /** Ends the statement that runs on it, with SQLITE_INTERRUPT. */
  interrupt(): void
}

/**
 * synchronous stays FULL: an adopted checkpoint's forerunner is deleted, so the row must survive a power failure.
 */
const pragmas = `
  PRAGMA busy_timeout = ${busyMilliseconds};
  PRAGMA journal_mode = WAL;
  PRAGMA foreign_keys = ON;
`

/** knex prints errors, to stdout, that it throws as well. */
const silent = { debug: () => undefined, warn: () => undefined, error: () => undefined, deprecate: () => undefined }

const isBusy = (error: unknown): boolean => (error as { code?: string } | null)?.code === 'SQLITE_BUSY'

/**
 * One connection that writes and reads.
 * @param least connections that are opened at once
 * @param onOpen gets the connection as soon as it is there
 */
export function connect(filename: string, least = 1, onOpen: (connection: Connection) => void = () => undefined): Knex {
  return knexPackage({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    log: silent,
    pool: {
      min: least,
      max: 1,
      afterCreate: (connection: Connection, done: (error: Error | null, connection: Connection) => void) => {
        onOpen(connection)
        // The change to WAL does not wait for other processes (SQLite calls no busy handler there).
        const deadline = performance.now() + busyMilliseconds
        const attempt = (): void =>
          connection.exec(pragmas, (error) => {
            if (isBusy(error) && performance.now() < deadline) setTimeout(attempt, 50)
            else done(error, connection)
          })
        attempt()
      },
    },
  })
}

/** A connection that sets no pragma: what it reads stays as it is. */
export const connectPlainly = (filename: string): Knex =>
  knexPackage({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true, log: silent })

interface Client {
  runner(builder: { _method?: string }): { run(): Promise<unknown> }
  acquireConnection(): Promise<unknown>
  destroy(): Promise<void>
}

/** What a builder asks of the database without changing it. */
const readings = ['select', 'first', 'pluck']

/**
 * Lets readings go over a connection of their own: in WAL they wait for nobody, and a write that waits for another
 * program's lock shall not hold them up. A transaction reads over its own connection.
 */
export function readApart(database: Knex, reader: Knex): void {
  const client = database.client as Client
  const runner = client.runner.bind(client)
  const { runner: readerRunner } = reader.client as Client
  client.runner = (builder) =>
    readings.includes(builder._method ?? '') ? readerRunner.call(reader.client, builder) : runner(builder)
  const destroy = client.destroy.bind(client)
  client.destroy = async () => {
    await reader.destroy()
    await destroy()
  }
  reader.on('query-error', (error: unknown, query: unknown) => database.emit('query-error', error, query))
}

/** Lets nothing be read or written any more: every statement to come fails with the reason. */
export function refuseAll(database: Knex, reason: Promise<Error>): void {
  const client = database.client as Client
  const refuse = async () => Promise.reject(await reason)
  client.runner = () => ({ run: refuse })
  client.acquireConnection = refuse
}
