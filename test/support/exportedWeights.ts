import { createHash } from 'node:crypto'
import { readNpz } from '../../src/main/datasets/npz'

/** What an exported weight file holds: its texts, and shape and SHA-256 of each array. */
export const exportedWeights = (bytes: Uint8Array): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(readNpz(bytes, 'weights.npz')).map(([name, array]) => {
      if (typeof array === 'string') return [name, JSON.parse(array) as unknown]
      const { buffer, byteOffset, byteLength } = array.data
      const sha256 = createHash('sha256')
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest('hex')
      return [name, { shape: array.shape, sha256 }]
    }),
  )
