import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'

export interface RendererFile {
  /** On the disk. */
  path: string
  type: string
  /** Its name holds a hash of its content, so it never changes. */
  immutable: boolean
}

/** The page's files by URL path, `/` among them. Nothing else of the disk is ever served. */
export type RendererFiles = ReadonlyMap<string, RendererFile>

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** What the build says it made (vite's `build.manifest`). */
const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), css: z.array(z.string()).optional(), assets: z.array(z.string()).optional() }),
)

async function readManifest(folder: string): Promise<z.infer<typeof manifestSchema>> {
  const path = join(folder, '.vite', 'manifest.json')
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    throw new WorkbenchError('PAGE_NOT_BUILT', 'The page is not built', {
      where: path,
      remedy: 'Run npm run build.',
      exit: 1,
      cause: error,
    })
  }
}

/**
 * The files that the build made.
 * @param folder the built renderer
 * @throws WorkbenchError PAGE_NOT_BUILT
 */
export async function rendererFiles(folder: string): Promise<RendererFiles> {
  const manifest = await readManifest(folder)
  const names = Object.values(manifest).flatMap(({ file, css, assets }) => [file, ...(css ?? []), ...(assets ?? [])])
  const files = new Map<string, RendererFile>()
  const add = (url: string, name: string, immutable: boolean) =>
    files.set(url, { path: join(folder, name), type: types[extname(name)] ?? 'application/octet-stream', immutable })
  for (const name of names) add(`/${name}`, name, true)
  add('/', 'index.html', false)
  return files
}
