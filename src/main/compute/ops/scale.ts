import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { map } from '../reference/arrays'

const build = operation<{ factor: number }>('scale', {
  shape: ([x]) => x,
  gradient: (g, { attributes: { factor } }) => [scale(g, factor)],
  onnx: ([x], output, { attributes: { factor }, scope }) =>
    factor === -1 ? node('Neg', [x], output) : node('Mul', [x, scope.float(factor)], output),
  tfjs: (tf, [x], { attributes: { factor } }) => (factor === -1 ? tf.neg(x) : tf.mul(x, factor)),
  reference: ([x], { attributes: { factor } }) => map(x, (value) => value * factor),
})

/** factor x, the factor known when the graph is built. */
export const scale = (x: Node, factor: number): Node => build([x], { factor })

/** -x. */
export const neg = (x: Node): Node => scale(x, -1)
