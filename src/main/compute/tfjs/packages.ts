import { createRequire } from 'node:module'

/** Packages that may or may not be there. */
export interface Packages {
  has(name: string): boolean
  load(name: string): unknown
}

/** CommonJS, because tfjs's ES modules do not load in Node; looked for at run time, to find what a user adds later. */
const require = createRequire(import.meta.url)

export const installedPackages: Packages = {
  has: (name) => {
    try {
      require.resolve(name)
      return true
    } catch {
      return false
    }
  },
  load: (name) => require(name),
}
