import { elementwise } from '../operation'
import { node } from '../onnx/node'
import { mul } from './mul'
import { sigmoid } from './sigmoid'

/** log(1 + exp(x)) as max(x, 0) + log1p(exp(-|x|)), which neither overflows nor loses the small end. */
export const softplus = elementwise('softplus', {
  gradient: (g, x) => mul(g, sigmoid(x)),
  onnx: (x, output, scope) => {
    const [large, small, folded, rest] = [scope.temporary(), scope.temporary(), scope.temporary(), scope.temporary()]
    return [
      node('Relu', [x], large),
      node('Abs', [x], small),
      node('Neg', [small], folded),
      node('Softplus', [folded], rest),
      node('Add', [large, rest], output),
    ]
  },
  tfjs: (tf, x) => tf.add(tf.relu(x), tf.softplus(tf.neg(tf.abs(x)))),
  reference: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
})
