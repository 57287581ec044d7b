import { binary } from '../operation'
import { unbroadcast } from './sum'

/** a + b. */
export const add = binary('add', {
  gradient: (g, a, b) => [unbroadcast(g, a.shape), unbroadcast(g, b.shape)],
  onnx: 'Add',
  tfjs: (tf, a, b) => tf.add(a, b),
  reference: (a, b) => a + b,
})
