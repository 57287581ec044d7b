// @ts-check
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import knexPackage from 'knex'
import { runnerImport } from 'vite'
import { root } from '../build.mjs'

/** So many that a migration and the backup before it take a while. */
const rows = { runs: 200, epochs: 200 }

/** @param {string} path of a module of the store */
const load = async (path) =>
  (await runnerImport(join(root, 'src/main/store', path), { configFile: false, root, logLevel: 'error' })).module

/** @returns {Promise<number>} how many migrations there are */
export async function levels() {
  const { migrations } = /** @type {typeof import('../../src/main/store/migrations')} */ (
    await load('migrations/index.ts')
  )
  return migrations.length
}

/**
 * Makes a data folder as an earlier version left it: the first migrations alone, and runs with their epochs.
 * @param {string} folder
 * @param {number} level how many migrations it has seen, 1 or more
 * @returns {Promise<number>} how many runs it holds
 */
export async function makeOlder(folder, level) {
  const { migrate } = /** @type {typeof import('../../src/main/store/migrate')} */ (await load('migrate.ts'))
  const { migrations } = /** @type {typeof import('../../src/main/store/migrations')} */ (
    await load('migrations/index.ts')
  )
  const { dataPaths } = /** @type {typeof import('../../src/main/store/dataFolder')} */ (await load('dataFolder.ts'))
  mkdirSync(folder, { recursive: true })
  const paths = dataPaths(folder)
  const database = knexPackage({
    client: 'sqlite3',
    connection: { filename: paths.database },
    useNullAsDefault: true,
  })
  try {
    await database.raw('PRAGMA journal_mode = WAL')
    await migrate(database, paths, migrations.slice(0, level))
    await fill(database)
  } finally {
    await database.destroy()
  }
  return rows.runs
}

/** Columns of the first migration, which is published and so never changes. @param {import('knex').Knex} database */
async function fill(database) {
  const created = '2026-01-01T00:00:00.000Z'
  for (let index = 0; index < rows.runs; index++) {
    const id = `older${index}`
    await database('runs').insert({
      id,
      name: id,
      status: 'done',
      spec: '{"model":{"kind":"ae"},"dataset":"rect"}',
      kind: 'ae',
      classifier: false,
      dataset: 'rect',
      dataset_hash: '',
      seed: 1,
      slot: index % 8,
      requested_device: 'auto',
      created,
      versions: '{}',
      resumed: '[]',
      epochs: rows.epochs,
    })
    const metrics = Array.from({ length: rows.epochs }, (_, epoch) => ({
      run: id,
      phase: 'pretrain',
      class: -1,
      epoch: epoch + 1,
      train_loss: 1 / (epoch + 1),
      seconds: epoch,
    }))
    await database.batchInsert('metrics', metrics, 100)
  }
}
