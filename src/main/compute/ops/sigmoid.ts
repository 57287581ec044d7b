import { elementwise } from '../operation'
import { mul } from './mul'
import { sub } from './sub'

/** 1 / (1 + exp(-x)). */
export const sigmoid = elementwise('sigmoid', {
  gradient: (g, _x, output) => mul(g, mul(output, sub(1, output))),
  onnx: 'Sigmoid',
  tfjs: (tf, x) => tf.sigmoid(x),
  reference: (x) => 1 / (1 + Math.exp(-x)),
})
