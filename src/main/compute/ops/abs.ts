import { elementwise } from '../operation'
import { mul } from './mul'
import { sign } from './sign'

/** |x|; the derivative at 0 counts as 0. */
export const abs = elementwise('abs', {
  gradient: (g, x) => mul(g, sign(x)),
  onnx: 'Abs',
  tfjs: (tf, x) => tf.abs(x),
  reference: Math.abs,
})
