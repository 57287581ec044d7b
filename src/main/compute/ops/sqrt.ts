import { elementwise } from '../operation'
import { div } from './div'
import { scale } from './scale'

/** √x. */
export const sqrt = elementwise('sqrt', {
  gradient: (g, _x, output) => div(scale(g, 0.5), output),
  onnx: 'Sqrt',
  tfjs: (tf, x) => tf.sqrt(x),
  reference: Math.sqrt,
})
