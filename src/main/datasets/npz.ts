import { zipSync, type Zippable } from 'fflate'
import { npyParts, parseNpy, type NumericArray, type WritableArray } from './npy'
import { unpackSync, zipEntries } from './zip'

const extension = '.npy'

/** The name of an array in an archive, or null for files that are no arrays. */
export const arrayName = (file: string): string | null =>
  file.endsWith(extension) ? file.slice(0, -extension.length) : null

/**
 * All arrays of a NumPy archive; a text that stands alone (such as `meta`) is a string.
 * @param where the file's name, for errors
 * @throws NPZ_DAMAGED, NPY_DAMAGED, NPY_PICKLED, NPY_DTYPE
 */
export function readNpz(bytes: Uint8Array, where: string): Record<string, NumericArray | string> {
  const arrays: Record<string, NumericArray | string> = {}
  for (const entry of zipEntries(bytes, where)) {
    const name = arrayName(entry.name)
    if (name !== null) arrays[name] = parseNpy(unpackSync(entry, where), `${where}, ${name}`)
  }
  return arrays
}

/** A NumPy archive, not compressed, as `numpy.savez` writes it; equal arrays give equal bytes. */
export function writeNpz(arrays: Readonly<Record<string, WritableArray>>): Uint8Array {
  const files: Zippable = {}
  for (const [name, array] of Object.entries(arrays)) files[name + extension] = Buffer.concat(npyParts(array))
  return zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) })
}
