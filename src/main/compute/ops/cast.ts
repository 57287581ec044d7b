import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'

const build = operation('cast', {
  shape: ([x]) => x,
  accepts: [['uint8', 'int32']],
  gradient: null,
  onnx: ([x], output) => node('Cast', [x], output, { to: { int: 1 } }),
  tfjs: (tf, [x]) => tf.cast(x, 'float32'),
  reference: ([x]) => x.data,
})

/** Integers (corruption draws) as float32. */
export const cast = (x: Node): Node => build([x], {})
