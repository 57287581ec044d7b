// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sqlite3 from 'sqlite3'

/**
 * Reads a database without the workbench.
 * @param {string} path
 * @param {string} sql
 * @returns {Promise<any[]>}
 */
export async function query(path, sql) {
  const database = new sqlite3.Database(path)
  database.configure('busyTimeout', 15_000)
  try {
    return await new Promise((resolve, reject) =>
      database.all(sql, (error, all) => (error === null ? resolve(all) : reject(error))),
    )
  } finally {
    await new Promise((resolve) => database.close(resolve))
  }
}

/**
 * Damage of a database file by itself.
 * @param {string} path
 * @returns {Promise<string[]>}
 */
export async function databaseFaults(path) {
  const faults = (await query(path, 'PRAGMA integrity_check'))
    .map((row) => row.integrity_check)
    .filter((said) => said !== 'ok')
  if ((await query(path, 'PRAGMA foreign_key_check')).length > 0) faults.push('a row refers to nothing')
  return faults
}

/**
 * What is wrong with a data folder: damage of the database, a checkpoint or dataset without its file, a file whose
 * content does not agree with its name.
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
export async function integrity(folder) {
  const path = join(folder, 'workbench.sqlite')
  if (!existsSync(path)) return []
  const faults = await databaseFaults(path)
  const tables = "SELECT name FROM sqlite_master WHERE name IN ('datasets', 'checkpoints')"
  if ((await query(path, tables)).length < 2) return faults
  const files = [
    ...(await query(path, 'SELECT sha256 FROM checkpoints')).map(({ sha256 }) => ['checkpoints', sha256]),
    ...(await query(path, 'SELECT hash FROM datasets')).map(({ hash }) => ['datasets', hash]),
  ]
  for (const [kind, hash] of files) {
    const file = join(folder, kind, `${hash}.safetensors`)
    if (!existsSync(file)) faults.push(`${kind}: ${hash} has no file`)
    else if (createHash('sha256').update(readFileSync(file)).digest('hex') !== hash) faults.push(`${file} is damaged`)
  }
  return faults
}
