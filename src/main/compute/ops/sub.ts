import { binary } from '../operation'
import { neg } from './scale'
import { unbroadcast } from './sum'

/** a - b. */
export const sub = binary('sub', {
  gradient: (g, a, b) => [unbroadcast(g, a.shape), unbroadcast(neg(g), b.shape)],
  onnx: 'Sub',
  tfjs: (tf, a, b) => tf.sub(a, b),
  reference: (a, b) => a - b,
})
