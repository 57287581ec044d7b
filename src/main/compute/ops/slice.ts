import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { copyAlong } from '../reference/blocks'
import { graphError, normalAxes, showShape } from '../shapes'
import type { Shape } from '../shapes'

const resized = (shape: Shape, axis: number, size: number): Shape => shape.map((old, i) => (i === axis ? size : old))

const buildSlice = operation<{ axis: number; start: number; end: number }>('slice', {
  shape: ([x], { axis, start, end }) => {
    if (!(0 <= start && start < end && end <= x[axis])) {
      throw graphError('slice', `${start} to ${end} of axis ${axis} of ${showShape(x)}`)
    }
    return resized(x, axis, end - start)
  },
  gradient: (g, { inputs: [x], attributes: { axis, start, end } }) => [pad(g, axis, start, x.shape[axis] - end)],
  onnx: ([x], output, { attributes: { axis, start, end }, scope }) =>
    node('Slice', [x, scope.ints([start]), scope.ints([end]), scope.ints([axis])], output),
  tfjs: (tf, [x], { output, attributes: { axis, start } }) => {
    const from = x.shape.map((_, i) => (i === axis ? start : 0))
    return tf.slice(x, from, [...output.shape])
  },
  reference: ([x], { output, attributes: { axis, start } }) => copyAlong(axis, x, start, output.shape, 0),
})

const buildPad = operation<{ axis: number; before: number; after: number }>('pad', {
  shape: ([x], { axis, before, after }) => resized(x, axis, before + x[axis] + after),
  gradient: (g, { inputs: [x], attributes: { axis, before } }) => [slice(g, axis, before, before + x.shape[axis])],
  onnx: ([x], output, { output: { shape }, attributes: { axis, before, after }, scope }) =>
    node(
      'Pad',
      [
        x,
        scope.ints([
          ...resized(
            shape.map(() => 0),
            axis,
            before,
          ),
          ...resized(
            shape.map(() => 0),
            axis,
            after,
          ),
        ]),
      ],
      output,
    ),
  tfjs: (tf, [x], { attributes: { axis, before, after } }) =>
    tf.pad(
      x,
      x.shape.map((_, i) => (i === axis ? [before, after] : [0, 0])),
    ),
  reference: ([x], { output, attributes: { axis, before } }) => copyAlong(axis, x, 0, output.shape, before),
})

/** Elements start..end-1 of one axis. */
export const slice = (x: Node, axis: number, start: number, end: number): Node =>
  buildSlice([x], { axis: normalAxes('slice', [axis], x.shape.length)[0], start, end })

/** x between zeros along one axis. The adjoint of `slice`, and so in one file with it. */
export const pad = (x: Node, axis: number, before: number, after: number): Node =>
  buildPad([x], { axis: normalAxes('pad', [axis], x.shape.length)[0], before, after })
