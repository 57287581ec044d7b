import { elementwise } from '../operation'
import { mul } from './mul'
import { square } from './square'
import { sub } from './sub'

/** Hyperbolic tangent. */
export const tanh = elementwise('tanh', {
  gradient: (g, _x, output) => mul(g, sub(1, square(output))),
  onnx: 'Tanh',
  tfjs: (tf, x) => tf.tanh(x),
  reference: Math.tanh,
})
