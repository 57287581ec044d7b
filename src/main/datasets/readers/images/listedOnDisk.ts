import { readdir, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, parse } from 'node:path'
import { nameLike, pathParts } from '../../../../shared/imageList/paths'

/** What the names in a folder are like, read once a list. */
type Folders = Map<string, Promise<Map<string, string | null>>>

/**
 * Finds the files that a list names, relative to it or by an absolute path: as it is written; else with either slash,
 * with composed or decomposed accents, with the ending in other case, where one file alone is meant.
 */
export function finderOnDisk(list: string): (path: string) => Promise<string> {
  const folder = dirname(list)
  const folders: Folders = new Map()
  return async (path) => {
    const written = isAbsolute(path) ? path : join(folder, path)
    if (await exists(written)) return written
    const root = isAbsolute(path) ? parse(path).root : folder
    let found = root
    for (const part of pathParts(isAbsolute(path) ? path.slice(root.length) : path)) {
      if (part === '..' || (await exists(join(found, part)))) found = join(found, part)
      else {
        const alike = (await namesIn(found, folders)).get(nameLike(part))
        if (alike == null) return written
        found = join(found, alike)
      }
    }
    return found
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Names of a folder by what they are like; null where several are alike. */
function namesIn(folder: string, folders: Folders): Promise<Map<string, string | null>> {
  const known = folders.get(folder)
  if (known !== undefined) return known
  const read = readdir(folder).then(
    (names) => {
      const alike = new Map<string, string | null>()
      for (const name of names) alike.set(nameLike(name), alike.has(nameLike(name)) ? null : name)
      return alike
    },
    // What is missing is told where the file is opened.
    () => new Map<string, string | null>(),
  )
  folders.set(folder, read)
  return read
}
