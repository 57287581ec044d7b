import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { copyAlong } from '../reference/blocks'
import { graphError, normalAxes, sameShape, showShape } from '../shapes'
import type { Shape } from '../shapes'
import { slice } from './slice'

const without = (shape: Shape, axis: number) => shape.filter((_, i) => i !== axis)

/** Where each of the inputs starts along the axis. */
function starts(shapes: readonly Shape[], axis: number): number[] {
  let next = 0
  return shapes.map((shape) => {
    const start = next
    next += shape[axis]
    return start
  })
}

const build = operation<{ axis: number }>('concat', {
  shape: (shapes, { axis }) => {
    const [first] = shapes
    if (!first) throw graphError('concat', 'nothing to join')
    for (const shape of shapes) {
      if (!sameShape(without(shape, axis), without(first, axis))) {
        throw graphError('concat', `${showShape(first)} and ${showShape(shape)} along axis ${axis}`)
      }
    }
    return first.map((size, i) => (i === axis ? shapes.reduce((sum, shape) => sum + shape[axis], 0) : size))
  },
  gradient: (g, { inputs, attributes: { axis } }) => {
    const from = starts(
      inputs.map(({ shape }) => shape),
      axis,
    )
    return inputs.map(({ shape }, i) => slice(g, axis, from[i], from[i] + shape[axis]))
  },
  onnx: (inputs, output, { attributes: { axis } }) => node('Concat', inputs, output, { axis: { int: axis } }),
  tfjs: (tf, inputs, { attributes: { axis } }) => tf.concat([...inputs], axis),
  reference: (inputs, { output, attributes: { axis } }) => {
    const from = starts(
      inputs.map(({ shape }) => shape),
      axis,
    )
    const parts = inputs.map((input, i) => copyAlong(axis, input, 0, output.shape, from[i]))
    return parts.reduce((sum, part) => sum.map((value, i) => value + part[i]))
  },
})

/** Arrays one after another along an axis. */
export const concat = (xs: readonly Node[], axis: number): Node =>
  build(xs, { axis: normalAxes('concat', [axis], xs[0]?.shape.length ?? 0)[0] })
