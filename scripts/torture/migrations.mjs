// @ts-check
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseFaults, integrity, query } from '../integrity.mjs'
import { levels, makeOlder } from './olderDatabase.mjs'
import { atOnce, command, end, must } from './processes.mjs'

/**
 * @typedef {{ folder: string, random: () => number, killed: (what: string, place: string) => Promise<void>,
 *   fault: (where: string, what: string) => void }} Means
 * @typedef {{ place: string, level: number, runs: number, span: number }} Older
 */

/** @param {string} place @returns {string[]} */
const backupsOf = (place) => (existsSync(join(place, 'backups')) ? readdirSync(join(place, 'backups')) : [])
/** @param {string} place */
const databaseOf = (place) => join(place, 'workbench.sqlite')
/** @param {string} place @returns {string[]} any command opens the folder, and so migrates it */
const opening = (place) => ['runs', 'list', '--data', place]
/** A migration begins with its backup. @param {string} place */
const begun = (place) => () => existsSync(join(place, 'backups'))

/**
 * One folder for each level that there was before, with the milliseconds from the beginning of its migration to the
 * command's end.
 * @param {string} folder
 * @returns {Promise<Older[]>}
 */
async function olderFolders(folder) {
  const made = []
  for (let level = (await levels()) - 1; level > 0; level--) {
    const place = join(folder, `older-${level}`)
    const runs = await makeOlder(place, level)
    const once = `${place}-once`
    cpSync(place, once, { recursive: true })
    let began = 0
    await command(opening(once), { when: begun(once), kill: () => (began = performance.now()) })
    made.push({ place, level, runs, span: performance.now() - began })
  }
  return made
}

/** Kills while databases are made and migrated. @param {Means} means */
export async function tortureMigrations({ folder, random, killed, fault }) {
  const older = await olderFolders(folder)
  let next = 0

  /** A new folder's database is made by the migrations. @param {number} length milliseconds that it takes */
  async function ofNew(length) {
    const place = mkdtempSync(join(tmpdir(), 'gae-torture-new-'))
    const { code } = await command(opening(place), { wait: random() * length, when: atOnce, kill: end })
    if (code === null) await killed('main in migration', place)
    await must(opening(place))
    for (const wrong of await integrity(place)) fault('migration', wrong)
    rmSync(place, { recursive: true, force: true })
  }

  /** An older folder is whole before or whole after, with its runs in either case, and backups are whole. */
  async function ofOlder() {
    const { place: original, level, runs, span } = /** @type {Older} */ (older[next++ % older.length])
    const place = mkdtempSync(join(tmpdir(), 'gae-torture-older-'))
    cpSync(original, place, { recursive: true })
    const { code } = await command(opening(place), { wait: (random() * span) / 2, when: begun(place), kill: end })
    const [{ count }] = await query(databaseOf(place), 'SELECT COUNT(*) AS count FROM knex_migrations')
    if (code === null) await killed(`main ${count > level ? 'after' : 'in'} migration from level ${level}`, place)
    const [{ kept }] = await query(databaseOf(place), 'SELECT COUNT(*) AS kept FROM runs')
    if (kept !== runs) fault('migration', `${kept} runs of ${runs} are left`)
    for (const name of backupsOf(place).filter((one) => one.endsWith('.sqlite'))) {
      for (const wrong of await databaseFaults(join(place, 'backups', name))) fault(`backup ${name}`, wrong)
    }
    const listed = (await must(opening(place))).runs.length
    if (listed !== runs) fault('migration', `${listed} runs of ${runs} are listed`)
    for (const wrong of await integrity(place)) fault('migration', wrong)
    rmSync(place, { recursive: true, force: true })
  }

  return { ofNew, ofOlder }
}
