import { randomUUID } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ownerIsDead, ownerTag, parseOwner, thisProcess } from './owner'

const extension = '.partial'

/** A file of another machine, or of an older workbench, that nobody has written to for so long is nobody's. */
const abandonedMilliseconds = 24 * 60 * 60 * 1000

/** A new name in a folder for a file that is still being written; it says who writes. */
export const partialPath = (folder: string): string => join(folder, `.${ownerTag()}.${randomUUID()}${extension}`)

/** Deletes half-written files whose writer has ended. */
export async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((candidate) => candidate.endsWith(extension))) {
    const path = join(folder, name)
    if (await isAbandoned(path, name)) await rm(path, { force: true })
  }
}

async function isAbandoned(path: string, name: string): Promise<boolean> {
  const owner = parseOwner(name.split('.')[1] ?? '')
  if (owner !== null && owner.place === thisProcess().place) return ownerIsDead(owner)
  const facts = await stat(path).catch(() => null)
  return facts !== null && facts.mtimeMs < Date.now() - abandonedMilliseconds
}
