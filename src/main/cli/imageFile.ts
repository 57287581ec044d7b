import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import type { ImageFile } from '../api/images'

/** @throws WorkbenchError FILE_UNREADABLE */
export async function imageAt(path: string): Promise<ImageFile> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new WorkbenchError('FILE_UNREADABLE', cause.message, { where: path, remedy: 'Name an image file.', cause })
  })
  return { name: basename(path), bytes: new Uint8Array(bytes) }
}

/** Writes files into a folder, which is made where it is missing. @returns their paths */
export async function writeInto(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true })
    const paths = Object.keys(files).map((name) => join(folder, name))
    for (const [index, bytes] of Object.values(files).entries()) await writeFile(paths[index], bytes)
    return paths
  } catch (cause) {
    throw new WorkbenchError('FILE_UNWRITABLE', (cause as Error).message, {
      where: folder,
      remedy: 'Name a folder that can be written to.',
      exit: 1,
      cause,
    })
  }
}
