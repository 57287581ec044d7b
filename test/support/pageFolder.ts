import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A built page of three files, and one file beside them that the build does not know. */
export async function pageFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gae-page-'))
  await mkdir(join(folder, '.vite'))
  await mkdir(join(folder, 'assets'))
  const manifest = { 'index.html': { file: 'assets/index-1a2b.js', css: ['assets/index-3c4d.css'], isEntry: true } }
  await writeFile(join(folder, '.vite', 'manifest.json'), JSON.stringify(manifest))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(folder, 'assets', 'index-1a2b.js'), 'export {}\n')
  await writeFile(join(folder, 'assets', 'index-3c4d.css'), 'body {}\n')
  await writeFile(join(folder, 'secret.txt'), 'not of the build')
  return folder
}
