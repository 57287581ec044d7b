import { elementwise } from '../operation'
import { node } from '../onnx/node'
import { mul } from './mul'
import { tanh } from './tanh'

/** log cosh x as |x| + log1p(exp(-2|x|)) - log 2, which does not overflow. */
export const logcosh = elementwise('logcosh', {
  gradient: (g, x) => mul(g, tanh(x)),
  onnx: (x, output, scope) => {
    const [size, folded, rest, sum] = [scope.temporary(), scope.temporary(), scope.temporary(), scope.temporary()]
    return [
      node('Abs', [x], size),
      node('Mul', [size, scope.float(-2)], folded),
      node('Softplus', [folded], rest),
      node('Add', [size, rest], sum),
      node('Sub', [sum, scope.float(Math.LN2)], output),
    ]
  },
  tfjs: (tf, x) => {
    const size = tf.abs(x)
    return tf.sub(tf.add(size, tf.softplus(tf.mul(size, -2))), Math.LN2)
  },
  reference: (x) => Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2,
})
