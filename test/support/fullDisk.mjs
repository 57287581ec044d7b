// Loaded before a built program (NODE_OPTIONS=--import): while the file named by FULL_DISK_FLAG exists, its disk is
// full. Its content says what cannot be written: "files" (checkpoints, datasets, images), "database", or "all".
import { existsSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import sqlite3 from 'sqlite3'

const flag = process.env.FULL_DISK_FLAG ?? ''
const full = (what) => existsSync(flag) && [what, 'all'].includes(readFileSync(flag, 'utf8'))

const handle = await open(import.meta.filename, 'r')
const files = Object.getPrototypeOf(handle)
await handle.close()
const { writeFile } = files
files.writeFile = function (...given) {
  if (!full('files')) return writeFile.apply(this, given)
  return Promise.reject(
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 }),
  )
}

const { prototype } = sqlite3.Database
for (const method of ['run', 'all']) {
  const original = prototype[method]
  prototype[method] = function (sql, ...given) {
    if (!full('database') || !/^(insert|update|delete)/i.test(sql)) return original.call(this, sql, ...given)
    const error = Object.assign(new Error('SQLITE_FULL: database or disk is full'), { code: 'SQLITE_FULL', errno: 13 })
    given.at(-1).call(this, error)
    return this
  }
}
