import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { broadcastStrides, walk } from '../reference/arrays'
import { normalAxes, reducedShape, sizeOf } from '../shapes'
import { exp } from './exp'
import { mul } from './mul'
import { reshape } from './reshape'
import { sub } from './sub'

const build = operation<{ axis: number; keepdims: boolean }>('logSumExp', {
  shape: ([x], { axis, keepdims }) => reducedShape(x, [axis], keepdims),
  gradient: (g, { inputs: [x], output, attributes: { axis } }) => {
    const kept = reducedShape(x.shape, [axis], true)
    return [mul(reshape(g, kept), exp(sub(x, reshape(output, kept))))]
  },
  onnx: ([x], output, { attributes: { axis, keepdims } }) =>
    node('ReduceLogSumExp', [x], output, { axes: { ints: [axis] }, keepdims: { int: keepdims ? 1 : 0 } }),
  tfjs: (tf, [x], { attributes: { axis, keepdims } }) => tf.logSumExp(x, axis, keepdims),
  reference: ([x], { output, attributes: { axis } }) => {
    const kept = reducedShape(x.shape, [axis], true)
    const strides = [broadcastStrides(kept, x.shape)]
    const most = new Float64Array(sizeOf(output.shape)).fill(-Infinity)
    const total = new Float64Array(most.length)
    let i = 0
    walk(x.shape, strides, ([to]) => {
      most[to] = Math.max(most[to], x.data[i++])
    })
    i = 0
    walk(x.shape, strides, ([to]) => {
      total[to] += Math.exp(x.data[i++] - most[to])
    })
    return total.map((value, at) => most[at] + Math.log(value))
  },
})

/** log Σ exp(x) along one axis in the safe form (the largest term taken out). */
export const logSumExp = (x: Node, axis: number, keepdims = false): Node =>
  build([x], { axis: normalAxes('logSumExp', [axis], x.shape.length)[0], keepdims })

/** x minus its log-sum-exp: the logarithm of the softmax along one axis. */
export const logSoftmax = (x: Node, axis: number): Node => sub(x, logSumExp(x, axis, true))
