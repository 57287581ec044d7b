// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sqlite3 from 'sqlite3'

/**
 * What is wrong with a data folder: damage of the database, a checkpoint or dataset without its file, a file whose
 * content does not agree with its name.
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
export async function integrity(folder) {
  const path = join(folder, 'workbench.sqlite')
  if (!existsSync(path)) return []
  const database = new sqlite3.Database(path)
  database.configure('busyTimeout', 15_000)
  /** @type {(sql: string) => Promise<any[]>} */
  const rows = (sql) =>
    new Promise((resolve, reject) => database.all(sql, (error, all) => (error === null ? resolve(all) : reject(error))))
  try {
    const faults = (await rows('PRAGMA integrity_check'))
      .map((row) => row.integrity_check)
      .filter((said) => said !== 'ok')
    if ((await rows('PRAGMA foreign_key_check')).length > 0) faults.push('a row refers to nothing')
    const tables = (await rows("SELECT name FROM sqlite_master WHERE name IN ('datasets', 'checkpoints')")).length
    if (tables < 2) return faults
    const files = [
      ...(await rows('SELECT sha256 FROM checkpoints')).map(({ sha256 }) => ['checkpoints', sha256]),
      ...(await rows('SELECT hash FROM datasets')).map(({ hash }) => ['datasets', hash]),
    ]
    for (const [kind, hash] of files) {
      const file = join(folder, kind, `${hash}.safetensors`)
      if (!existsSync(file)) faults.push(`${kind}: ${hash} has no file`)
      else if (createHash('sha256').update(readFileSync(file)).digest('hex') !== hash) faults.push(`${file} is damaged`)
    }
    return faults
  } finally {
    await new Promise((resolve) => database.close(resolve))
  }
}
