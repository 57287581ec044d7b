import { basename, join } from 'node:path'
import { systemError } from '../../shared/errors'
import type { ImageFile } from '../api/images'
import { makeFolder } from '../store/makeFolder'
import { readInput } from './inputFile'
import { writeOutput } from './outputFile'

/** @throws WorkbenchError FILE_UNREADABLE */
export async function imageAt(path: string): Promise<ImageFile> {
  return { name: basename(path), bytes: await readInput(path, 'an image file') }
}

/**
 * Writes files into a folder, which is made where it is missing.
 * @returns their paths
 * @throws WorkbenchError of `writeOutput`
 */
export async function writeInto(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<string[]> {
  await makeFolder(folder).catch((error: unknown) => {
    throw systemError(error, folder, 'Name a folder that can be made and written to.') ?? error
  })
  const paths = Object.keys(files).map((name) => join(folder, name))
  for (const [index, bytes] of Object.values(files).entries()) await writeOutput(paths[index], bytes)
  return paths
}
