import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { importRequestSchema, type ImportRequest, type SourceFile } from '../../../src/shared/datasets'
import { Random } from '../../../src/main/datasets/random'

/** What lies at a path: a file of these bytes, an empty folder, a link to itself, a file that never ends. */
type Node = Uint8Array | 'folder' | 'loop' | 'endless'

/** Files that lie or are broken, how they are imported, and the answer that a user is to read. */
export interface Hostile {
  reader: string
  what: string
  files: Record<string, Node>
  /** What is imported; the first file where nothing is said. */
  paths?: string[]
  labels?: string
  test?: string
  options?: Partial<Omit<ImportRequest, 'meaning'>> & { meaning?: object }
  code: string
  /** The place that the error names. */
  where: string
}

/** Values of the corpus come from one seed: it is the same at every run. */
const seed = 4

export const bytes = (count: number, stream = 0): Uint8Array => {
  const random = new Random(seed, stream)
  return Uint8Array.from({ length: count }, () => random.integer(0, 255))
}

export const text = (content: string): Uint8Array => new Uint8Array(Buffer.from(content))

/** A copy with other bytes from `at` on. */
export function patched(file: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = Uint8Array.from(file)
  copy.set(values, at < 0 ? file.length + at : at)
  return copy
}

/** Lays the files of a case into a folder. */
export function layOut({ files }: Hostile, folder: string): void {
  for (const [name, node] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(node === 'folder' ? path : dirname(path), { recursive: true })
    if (node === 'loop') symlinkSync(path, path)
    else if (node === 'endless') symlinkSync('/dev/zero', path)
    else if (node !== 'folder') writeFileSync(path, node)
  }
}

/** The import of a case, its files named as a user in that folder would. */
export function requestOf(
  { files, paths = [Object.keys(files)[0]!], labels, test, options }: Hostile,
  folder: string,
): ImportRequest {
  const source = (name: string): SourceFile => ({ name, content: { path: join(folder, name) } })
  return importRequestSchema.parse({
    name: 'hostile',
    files: paths.map(source),
    ...(labels === undefined ? {} : { labels: source(labels) }),
    ...(test === undefined ? {} : { testFiles: [source(test)] }),
    split: { seed: 1, ...(test === undefined ? { valid: 0, test: 0 } : { valid: 0 }) },
    ...options,
  })
}
