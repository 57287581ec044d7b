import { WorkbenchError } from '../../../shared/errors'
import { isNpy, parseNpy, type NumericArray } from '../npy'
import { arrayName } from '../npz'
import { isZip, unpack, zipEntries } from '../zip'
import { formatUnknown } from './formats'
import type { Reader } from './reader'

/** A NumPy archive with x and, where there are labels or partners, y. Other arrays are not read. */
export const npzReader: Reader = {
  format: 'npz',
  matches: isZip,
  async read({ name, bytes }, signal) {
    const entries = zipEntries(bytes, name).filter((entry) => arrayName(entry.name) !== null)
    if (entries.length === 0) throw formatUnknown(name, 'The zip archive holds no NumPy arrays')
    const read = async (wanted: string): Promise<NumericArray | null> => {
      const entry = entries.find((candidate) => arrayName(candidate.name) === wanted)
      if (entry === undefined) return null
      signal?.throwIfAborted()
      return numbers(parseNpy(await unpack(entry, name), `${name}, ${wanted}`), `${name}, ${wanted}`)
    }
    const arrays = { x: await read('x'), y: await read('y') }
    if (arrays.x === null && arrays.y === null) {
      const found = entries.map((entry) => arrayName(entry.name)).slice(0, 8)
      throw new WorkbenchError('NPZ_NAMES', `There is no array x; it has ${found.join(', ')}`, {
        where: name,
        remedy: 'Save images as x and labels (or partners) as y.',
      })
    }
    return arrays
  },
}

/** A single NumPy array: one axis of labels, or images. */
export const npyReader: Reader = {
  format: 'npy',
  matches: isNpy,
  async read({ name, bytes }) {
    const array = numbers(parseNpy(bytes, name), name)
    return array.shape.length === 1 ? { x: null, y: array } : { x: array, y: null }
  },
}

function numbers(array: NumericArray | string, where: string): NumericArray {
  if (typeof array !== 'string') return array
  throw new WorkbenchError('NPY_DTYPE', 'The array is a text', { where, remedy: 'Save numbers.' })
}
