import { Zip, ZipPassThrough, zipSync, type Zippable } from 'fflate'
import { npyParts, parseNpy, type WritableArray } from './npy'
import type { FileArray } from './numberTypes'
import { eachInSlices, type Work } from './work'
import { unpackSync, zipDamaged, zipEntriesSync } from './zip'

const extension = '.npy'
/** Most bytes of arrays that are held in memory at once. */
const mostBytes = 1024 ** 3
/** Time stamp of the files in an archive, so that equal arrays give equal bytes. */
const epoch = new Date(1980, 0, 1)
/** As much as is added to an archive at once. */
const sliceBytes = 1024 * 1024

/** The name of an array in an archive, or null for files that are no arrays. */
export const arrayName = (file: string): string | null =>
  file.endsWith(extension) ? file.slice(0, -extension.length) : null

/**
 * All arrays of a NumPy archive; a text that stands alone (such as `meta`) is a string.
 * @param where the file's name, for errors
 * @throws NPZ_DAMAGED, NPY_DAMAGED, NPY_PICKLED, NPY_DTYPE
 */
export function readNpz(bytes: Uint8Array, where: string): Record<string, FileArray | string> {
  const arrays: Record<string, FileArray | string> = {}
  const entries = zipEntriesSync(bytes, where).filter(({ name }) => arrayName(name) !== null)
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  if (total > mostBytes) throw zipDamaged(where, `${total.toLocaleString('en-US')} bytes of arrays are too many`)
  for (const entry of entries) {
    const name = arrayName(entry.name)!
    arrays[name] = parseNpy(unpackSync(entry, bytes, `${where}, ${entry.name}`), `${where}, ${name}`)
  }
  return arrays
}

/** A NumPy archive, not compressed, as `numpy.savez` writes it; equal arrays give equal bytes. */
export function writeNpz(arrays: Readonly<Record<string, WritableArray>>): Uint8Array {
  const files: Zippable = {}
  for (const [name, array] of Object.entries(arrays)) files[name + extension] = Buffer.concat(npyParts(array))
  return zipSync(files, { level: 0, mtime: epoch })
}

/** The same for large arrays: the process answers others in between. */
export async function writeNpzInSlices(
  arrays: Readonly<Record<string, WritableArray>>,
  work: Work,
): Promise<Uint8Array> {
  const written: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    written.push(bytes)
  })
  for (const [name, array] of Object.entries(arrays)) {
    const file = new ZipPassThrough(name + extension)
    file.mtime = epoch
    zip.add(file)
    for (const part of npyParts(array)) {
      const add = (index: number) => file.push(part.subarray(index * sliceBytes, (index + 1) * sliceBytes))
      await eachInSlices(Math.ceil(part.length / sliceBytes), add, { signal: work.signal })
    }
    file.push(new Uint8Array(0), true)
  }
  zip.end()
  return Buffer.concat(written)
}
