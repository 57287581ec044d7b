import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** Packages that may or may not be there. */
export interface Packages {
  has(name: string): boolean
  load(name: string): unknown
}

/** CommonJS, because tfjs's ES modules do not load in Node; looked for at run time, to find what a user adds later. */
const commonJs = createRequire(import.meta.url)

export const installedPackages: Packages = {
  has: (name) => folderOf(name) !== null,
  load: (name) => commonJs(name),
}

/** Where a package lies, or null. */
export function folderOf(name: string): string | null {
  try {
    return dirname(commonJs.resolve(`${name}/package.json`))
  } catch {
    return null
  }
}
