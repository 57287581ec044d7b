import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { broadcastStrides, walk } from '../reference/arrays'
import { broadcastShapes, graphError, normalAxes, reducedShape, sameShape, showShape, sizeOf } from '../shapes'
import type { Shape } from '../shapes'
import { reshape } from './reshape'

const buildSum = operation<{ axes: readonly number[]; keepdims: boolean }>('sum', {
  shape: ([x], { axes, keepdims }) => reducedShape(x, axes, keepdims),
  gradient: (g, { inputs: [x], attributes: { axes } }) => [
    broadcastTo(reshape(g, reducedShape(x.shape, axes, true)), x.shape),
  ],
  onnx: ([x], output, { attributes: { axes, keepdims }, scope }) =>
    node('ReduceSum', [x, scope.ints(axes)], output, { keepdims: { int: keepdims ? 1 : 0 } }),
  tfjs: (tf, [x], { attributes: { axes, keepdims } }) => tf.sum(x, [...axes], keepdims),
  reference: ([x], { output, attributes: { axes } }) => {
    const out = new Float64Array(sizeOf(output.shape))
    let i = 0
    walk(x.shape, [broadcastStrides(reducedShape(x.shape, axes, true), x.shape)], ([to]) => {
      out[to] += x.data[i++]
    })
    return out
  },
})

const buildBroadcast = operation<{ shape: Shape }>('broadcastTo', {
  shape: ([x], { shape }) => {
    if (!sameShape(broadcastShapes('broadcastTo', x, shape), shape)) {
      throw graphError('broadcastTo', `${showShape(x)} does not stretch to ${showShape(shape)}`)
    }
    return shape
  },
  gradient: (g, { inputs: [x] }) => [unbroadcast(g, x.shape)],
  onnx: ([x], output, { attributes: { shape }, scope }) => node('Expand', [x, scope.ints(shape)], output),
  tfjs: (tf, [x], { attributes: { shape } }) => tf.broadcastTo(x, [...shape]),
  reference: ([x], { output }) => {
    const out = new Float64Array(sizeOf(output.shape))
    let i = 0
    walk(output.shape, [broadcastStrides(x.shape, output.shape)], ([from]) => {
      out[i++] = x.data[from]
    })
    return out
  },
})

/** Sum over `axes` (all of them where not said); summed axes vanish, or stay with size 1. */
export function sum(x: Node, axes?: number | readonly number[], keepdims = false): Node {
  const asked = axes === undefined ? x.shape.map((_, axis) => axis) : typeof axes === 'number' ? [axes] : axes
  const normal = normalAxes('sum', asked, x.shape.length)
  return normal.length === 0 ? x : buildSum([x], { axes: normal, keepdims })
}

/** x repeated along new or unit axes. The adjoint of `sum`, and so in one file with it. */
export const broadcastTo = (x: Node, shape: Shape): Node =>
  sameShape(x.shape, shape) ? x : buildBroadcast([x], { shape: [...shape] })

/** g summed over the axes along which `shape` was stretched: the gradient of a broadcast operand. */
export function unbroadcast(g: Node, shape: Shape): Node {
  const lead = g.shape.length - shape.length
  const axes = g.shape.flatMap((size, axis) => (axis < lead || (shape[axis - lead] === 1 && size !== 1) ? [axis] : []))
  return reshape(sum(g, axes), shape)
}
