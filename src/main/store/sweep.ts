import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { partialExtension } from './contentFile'

/** A file that nobody has written to for so long was left by a process that was killed. */
const abandonedMilliseconds = 24 * 60 * 60 * 1000

/** Deletes half-written files that killed processes left in a folder a day ago or more. */
export async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const oldest = Date.now() - abandonedMilliseconds
  for (const name of names.filter((candidate) => candidate.endsWith(partialExtension))) {
    const path = join(folder, name)
    const facts = await stat(path).catch(() => null)
    if (facts !== null && facts.mtimeMs < oldest) await rm(path, { force: true })
  }
}
