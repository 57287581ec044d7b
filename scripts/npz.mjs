// @ts-check
import { readFileSync, writeFileSync } from 'node:fs'
import { unzipSync, zipSync } from 'fflate'

/** @typedef {{ shape: number[], data: Float32Array }} FloatArray */

/**
 * The float32 arrays of a file that the workbench wrote.
 * @param {string} path
 * @returns {Record<string, FloatArray>}
 */
export function readNpz(path) {
  const files = unzipSync(readFileSync(path))
  /** @type {Record<string, FloatArray>} */
  const arrays = {}
  for (const [file, bytes] of Object.entries(files)) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const start = bytes[6] === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true)
    const header = Buffer.from(bytes.subarray(10, start)).toString('latin1')
    if (!header.includes("'<f4'")) continue
    const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').filter((part) => part.trim() !== '')
    const data = new Float32Array(bytes.slice(start).buffer)
    arrays[file.replace(/\.npy$/, '')] = { shape: shape.map(Number), data }
  }
  return arrays
}

/**
 * @param {string} path
 * @param {Record<string, FloatArray>} arrays
 */
export function writeNpz(path, arrays) {
  const files = Object.entries(arrays).map(([name, { shape, data }]) => {
    const facts = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
    const header = `${facts.padEnd(117)}\n`
    const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0])
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    return [`${name}.npy`, new Uint8Array(Buffer.concat([magic, Buffer.from(header), bytes]))]
  })
  writeFileSync(path, zipSync(Object.fromEntries(files), { level: 0 }))
}
