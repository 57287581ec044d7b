import { elementwise } from '../operation'
import { node } from '../onnx/node'
import { mul } from './mul'
import { scale } from './scale'

/** x². */
export const square = elementwise('square', {
  gradient: (g, x) => mul(g, scale(x, 2)),
  onnx: (x, output) => [node('Mul', [x, x], output)],
  tfjs: (tf, x) => tf.square(x),
  reference: (x) => x * x,
})
