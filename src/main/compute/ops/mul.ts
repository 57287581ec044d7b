import type { Node } from '../graph'
import { binary } from '../operation'
import type { Operand } from '../operation'
import { unbroadcast } from './sum'

/** a b, element by element. */
export const mul: (a: Operand, b: Operand) => Node = binary('mul', {
  gradient: (g, a, b) => [unbroadcast(mul(g, b), a.shape), unbroadcast(mul(g, a), b.shape)],
  onnx: 'Mul',
  tfjs: (tf, a, b) => tf.mul(a, b),
  reference: (a, b) => a * b,
})
