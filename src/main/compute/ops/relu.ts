import { elementwise } from '../operation'
import { mul } from './mul'
import { step } from './step'

/** max(0, x); the derivative at 0 counts as 0. */
export const relu = elementwise('relu', {
  gradient: (g, x) => mul(g, step(x)),
  onnx: 'Relu',
  tfjs: (tf, x) => tf.relu(x),
  reference: (x) => Math.max(0, x),
})
