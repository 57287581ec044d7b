import { elementwise } from '../operation'
import { div } from './div'

/** Natural logarithm. */
export const log = elementwise('log', {
  gradient: (g, x) => div(g, x),
  onnx: 'Log',
  tfjs: (tf, x) => tf.log(x),
  reference: Math.log,
})
