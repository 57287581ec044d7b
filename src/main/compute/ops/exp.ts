import { elementwise } from '../operation'
import { mul } from './mul'

/** eˣ. */
export const exp = elementwise('exp', {
  gradient: (g, _x, output) => mul(g, output),
  onnx: 'Exp',
  tfjs: (tf, x) => tf.exp(x),
  reference: Math.exp,
})
