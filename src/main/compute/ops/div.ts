import type { Node } from '../graph'
import { binary } from '../operation'
import type { Operand } from '../operation'
import { mul } from './mul'
import { neg } from './scale'
import { unbroadcast } from './sum'

/** a / b. */
export const div: (a: Operand, b: Operand) => Node = binary('div', {
  gradient: (g, a, b, output) => {
    const share = div(g, b)
    return [unbroadcast(share, a.shape), unbroadcast(neg(mul(share, output)), b.shape)]
  },
  onnx: 'Div',
  tfjs: (tf, a, b) => tf.div(a, b),
  reference: (a, b) => a / b,
})
