import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readNpz } from '../../src/main/datasets/npz'
import { readWeightFile } from '../../src/main/saved/weightFile'
import type { SavedModel } from '../../src/main/saved/savedModel'

const folder = join(import.meta.dirname, '../fixtures/vectors')
const file = (name: string): Uint8Array => readFileSync(join(folder, name))

export const vectorNames = JSON.parse(file('index.json').toString()) as string[]

export interface Vector {
  model: SavedModel
  n: number
  x: Float32Array
  y: Float32Array | null
  /** Nested arrays and numbers by name. */
  expected: Record<string, unknown>
}

/** A model of the test vectors with its inputs and expected outputs. */
export function readVector(name: string): Vector {
  const { model } = readWeightFile(readNpz(file(`${name}.weights.npz`), name), name)
  const inputs = readNpz(file(`${name}.inputs.npz`), name)
  const array = (key: string): Float32Array | null => {
    const found = inputs[key]
    return found === undefined || typeof found === 'string' ? null : Float32Array.from(found.data)
  }
  const x = array('x') ?? new Float32Array(0)
  const expected = JSON.parse(file(`${name}.expected.json`).toString()) as Record<string, unknown>
  return { model, n: x.length / model.description.inputs, x, y: array('y'), expected }
}
