import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isBuiltin } from 'node:module'

/** `import ... from "x"`, `import "x"` and `export ... from "x"`, as the build writes them at the start of a line. */
const statement = /^(?:import|export)\b[^'"\n;]*?["']([^"'\n]+)["'];?$/gm

/**
 * Packages that a built program loads before it does anything, itself or through the chunks that it imports.
 * @param file the built program
 */
export function packagesAtStart(file: string, seen: Set<string> = new Set()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const found = [...readFileSync(file, 'utf8').matchAll(statement)].map(([, name = '']) => name)
  const packages = found.flatMap((name) => {
    if (name.startsWith('.')) return packagesAtStart(join(dirname(file), name), seen)
    return isBuiltin(name) ? [] : [name]
  })
  return [...new Set(packages)].sort()
}
