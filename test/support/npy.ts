import { zipSync } from 'fflate'

/** A .npy file (version 1) whose header says this, whatever the data are. */
export function npy(descr: string, shape: readonly number[], data: Uint8Array, fortran = false): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const order = fortran ? 'True' : 'False'
  return npyOf(
    `{'descr': ${descr.startsWith('[') ? descr : `'${descr}'`}, 'fortran_order': ${order}, 'shape': (${tuple}), }`,
    data,
  )
}

/** A .npy file with this text as its header. */
export function npyOf(text: string, data: Uint8Array): Uint8Array {
  const header = `${text}\n`
  const file = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1'), Buffer.from(header, 'latin1'), data])
  file.writeUInt16LE(header.length, 8)
  return file
}

/** The bytes of float32 values. */
export const float32 = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer)

/** A NumPy archive of .npy files. @param level 0: stored, as numpy.savez does */
export const npz = (arrays: Record<string, Uint8Array>, level: 0 | 6 = 0): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, file]) => [`${name}.npy`, file])), {
    level,
    mtime: new Date(1980, 0, 1),
  })
