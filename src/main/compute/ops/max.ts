import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { broadcastStrides, walk } from '../reference/arrays'
import { normalAxes, reducedShape, sizeOf } from '../shapes'
import { mul } from './mul'
import { reshape } from './reshape'
import { step } from './step'
import { sub } from './sub'

const build = operation<{ axes: readonly number[]; keepdims: boolean }>('max', {
  shape: ([x], { axes, keepdims }) => reducedShape(x, axes, keepdims),
  gradient: (g, { inputs: [x], output, attributes: { axes } }) => {
    const kept = reducedShape(x.shape, axes, true)
    const largest = sub(1, step(sub(reshape(output, kept), x)))
    return [mul(reshape(g, kept), largest)]
  },
  onnx: ([x], output, { attributes: { axes, keepdims } }) =>
    node('ReduceMax', [x], output, { axes: { ints: axes }, keepdims: { int: keepdims ? 1 : 0 } }),
  tfjs: (tf, [x], { attributes: { axes, keepdims } }) => tf.max(x, [...axes], keepdims),
  reference: ([x], { output, attributes: { axes } }) => {
    const out = new Float64Array(sizeOf(output.shape)).fill(-Infinity)
    let i = 0
    walk(x.shape, [broadcastStrides(reducedShape(x.shape, axes, true), x.shape)], ([to]) => {
      out[to] = Math.max(out[to], x.data[i++])
    })
    return out
  },
})

/** Largest over `axes` (all of them where not said); each of several equal largest elements gets the whole gradient. */
export function max(x: Node, axes?: readonly number[], keepdims = false): Node {
  const normal = normalAxes('max', axes ?? x.shape.map((_, axis) => axis), x.shape.length)
  return normal.length === 0 ? x : build([x], { axes: normal, keepdims })
}
