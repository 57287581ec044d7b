import { elementwise } from '../operation'

/** -1, 0 or 1; its derivative counts as 0. */
export const sign = elementwise('sign', {
  gradient: () => null,
  onnx: 'Sign',
  tfjs: (tf, x) => tf.sign(x),
  reference: Math.sign,
})
