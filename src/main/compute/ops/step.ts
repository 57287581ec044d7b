import { elementwise } from '../operation'
import { node } from '../onnx/node'

/** 1 where x > 0, else 0; its derivative counts as 0. */
export const step = elementwise('step', {
  gradient: () => null,
  onnx: (x, output, scope) => {
    const positive = scope.temporary()
    return [node('Greater', [x, scope.float(0)], positive), node('Cast', [positive], output, { to: { int: 1 } })]
  },
  tfjs: (tf, x) => tf.step(x),
  reference: (x) => (x > 0 ? 1 : 0),
})
