import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { graphError, showShape } from '../shapes'

const build = operation('transpose', {
  shape: ([x]) => {
    if (x.length !== 2) throw graphError('transpose', `${showShape(x)} is no matrix`)
    return [x[1], x[0]]
  },
  gradient: (g) => [transpose(g)],
  onnx: ([x], output) => node('Transpose', [x], output, { perm: { ints: [1, 0] } }),
  tfjs: (tf, [x]) => tf.transpose(x),
  reference: ([x]) => {
    const [rows, columns] = x.shape as [number, number]
    const out = new Float64Array(x.data.length)
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = x.data[i * columns + j]
    return out
  },
})

/** xᵀ of a matrix. */
export const transpose = (x: Node): Node => build([x], {})
