import { broadcastShapes, sameShape } from '../shapes'
import { makeNode } from '../graph'
import type { Node } from '../graph'
import { concat } from '../ops/concat'
import { reshape } from '../ops/reshape'
import { scale } from '../ops/scale'
import { broadcastTo } from '../ops/sum'
import { is, isScalar, unscaled, unstretched } from './rule'
import type { Rule } from './rule'

const binaries = ['add', 'sub', 'mul', 'div']

/** Operands of arithmetic that would stretch by themselves need no `broadcastTo` and no `reshape`. */
const implicitBroadcast: Rule = (node) => {
  if (!binaries.includes(node.op.name)) return null
  for (const at of [0, 1]) {
    const inputs = [...node.inputs]
    inputs[at] = unstretched(inputs[at])
    if (inputs[at] === node.inputs[at]) continue
    if (!sameShape(broadcastShapes(node.op.name, inputs[0].shape, inputs[1].shape), node.shape)) continue
    return makeNode(node.op, inputs, node.attributes, node.shape, node.dtype)
  }
  return null
}

/** What is the same for all elements of a stretched value is done before it is stretched. */
const lateBroadcast: Rule = (node) => {
  const [x] = node.inputs
  if (is(node, 'scale') && is(x, 'broadcastTo')) {
    return broadcastTo(scale(x.inputs[0], unscaled(node).factor), node.shape)
  }
  if (is(node, 'broadcastTo') && unstretched(x) !== x) return broadcastTo(unstretched(x), node.shape)
  if (is(node, 'reshape') && is(x, 'broadcastTo') && isScalar(unstretched(x))) {
    return broadcastTo(reshape(unstretched(x), []), node.shape)
  }
  return is(node, 'broadcastTo') && sameShape(x.shape, node.shape) ? x : null
}

/** Reshapes of reshapes, transposes of transposes, joins of joins. */
const oneMove: Rule = (node) => {
  const [x] = node.inputs
  if (is(node, 'reshape')) {
    if (sameShape(x.shape, node.shape)) return x
    return is(x, 'reshape') ? reshape(x.inputs[0], node.shape) : null
  }
  if (is(node, 'transpose') && is(x, 'transpose')) return x.inputs[0]
  if (is(node, 'concat')) {
    const { axis } = node.attributes as { axis: number }
    const sameJoin = (input: Node) => is(input, 'concat') && input.attributes.axis === axis
    if (!node.inputs.some(sameJoin)) return null
    return concat(
      node.inputs.flatMap((input) => (sameJoin(input) ? input.inputs : [input])),
      axis,
    )
  }
  return null
}

export const layoutRules: readonly Rule[] = [implicitBroadcast, lateBroadcast, oneMove]
