import { isAbsolute } from 'node:path'
import type { PathGrants } from '../api/trpc'

/** Paths that the user handed over by a drop or a file dialog; each is good for one import. */
export function pathGrants(): PathGrants & { give(path: unknown): void } {
  const granted = new Set<string>()
  return {
    give: (path) => {
      if (typeof path === 'string' && isAbsolute(path)) granted.add(path)
    },
    has: (path) => granted.has(path),
    take: (path) => granted.delete(path),
  }
}
