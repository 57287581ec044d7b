import { present } from '../../shared/present'
import { splitNames } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { openDatasetFile } from './datasetFile'
import type { WritableArray } from './npy'
import { writeNpzInSlices } from './npz'
import type { Work } from './work'

/** Most that a zip archive without 64-bit sizes holds. */
const largestArchive = 4 * 1024 ** 3 - 1024 ** 2

/**
 * A dataset file as a NumPy archive: x_train [n, D] float32 (bytes divided by 255), y_train [n] int32 labels or, for
 * pairs, [n, D'] float32; the same for valid and test; `meta`, a JSON text: kind, shape, targetShape, classes.
 * @throws EXPORT_TOO_LARGE
 */
export async function exportDataset(path: string, work: Work = {}): Promise<Uint8Array> {
  const file = await openDatasetFile(path)
  const { n, ...description } = file.info
  const area = ([height, width]: readonly [number, number]) => height * width
  const width = area(description.shape) + (description.targetShape === null ? 1 : area(description.targetShape))
  const bytes = 4 * width * (n.train + n.valid + n.test)
  if (bytes > largestArchive) {
    throw new WorkbenchError('EXPORT_TOO_LARGE', `${bytes.toLocaleString('en-US')} bytes do not fit one archive`, {
      where: path,
      remedy: 'Read the dataset file itself: it is a safetensors file.',
    })
  }
  const arrays: Record<string, WritableArray> = {}
  for (const split of splitNames) {
    work.signal?.throwIfAborted()
    const { x, y, labels } = await file.split(split)
    arrays[`x_${split}`] = { shape: [n[split], area(description.shape)], data: x }
    if (labels !== null) arrays[`y_${split}`] = { shape: [n[split]], data: labels }
    if (y !== null) arrays[`y_${split}`] = { shape: [n[split], area(present(description.targetShape))], data: y }
  }
  return writeNpzInSlices({ ...arrays, meta: JSON.stringify(description) }, work)
}
