import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { graphError, sameShape, showShape, sizeOf } from '../shapes'
import type { Shape } from '../shapes'

const build = operation<{ shape: Shape }>('reshape', {
  shape: ([x], { shape }) => {
    if (sizeOf(x) !== sizeOf(shape)) throw graphError('reshape', `${showShape(x)} to ${showShape(shape)}`)
    return shape
  },
  gradient: (g, { inputs: [x] }) => [reshape(g, x.shape)],
  onnx: ([x], output, { attributes: { shape }, scope }) => node('Reshape', [x, scope.ints(shape)], output),
  tfjs: (tf, [x], { attributes: { shape } }) => tf.reshape(x, [...shape]),
  reference: ([x]) => x.data,
})

/** The same elements in row-major order under another shape of the same size. */
export function reshape(x: Node, shape: Shape): Node {
  return sameShape(x.shape, shape) ? x : build([x], { shape: [...shape] })
}
