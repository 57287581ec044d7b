import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { graphError, showShape, sizeOf } from '../shapes'

const build = operation('gatherRows', {
  shape: ([data, index]) => {
    if (data.length < 1 || index.length !== 1) {
      throw graphError('gatherRows', `rows ${showShape(index)} of ${showShape(data)}`)
    }
    return [index[0], ...data.slice(1)]
  },
  accepts: [['float32'], ['int32']],
  gradient: null,
  onnx: ([data, index], output) => node('Gather', [data, index], output, { axis: { int: 0 } }),
  tfjs: (tf, [data, index]) => tf.gather(data, index),
  reference: ([data, index], { output }) => {
    const width = sizeOf(output.shape.slice(1))
    const out = new Float64Array(sizeOf(output.shape))
    index.data.forEach((row, i) => {
      if (row < 0 || row >= data.shape[0]) throw graphError('gatherRows', `row ${row} of ${showShape(data.shape)}`)
      out.set(data.data.subarray(row * width, (row + 1) * width), i * width)
    })
    return out
  },
})

/** Rows of data [N, ...] by index int32 [B]: [B, ...]. Data, not weights: it has no derivative. */
export const gatherRows = (data: Node, index: Node): Node => build([data, index], {})
