import { ancestors, constant } from './graph'
import type { Node } from './graph'
import { add } from './ops/add'
import { broadcastTo } from './ops/sum'
import { graphError, sameShape, showShape } from './shapes'

/**
 * Gradients by reverse mode. The result is graph again, so gradients of gradients work.
 * @param loss a scalar; with `seed`, any shape (the result is then the product of seedᵀ with the Jacobian)
 * @param wrt values that the gradients are taken by; what the loss does not depend on gets zeros
 * @param seed ∂(what is sought)/∂loss in the loss's shape, 1 where not said. Scaling the seed scales every gradient
 * for the price of one number: with -rate they arrive as steps of gradient descent.
 * @returns one node for each of `wrt`, in its shape
 * @throws WorkbenchError GRAPH where the path runs through an operation without derivative
 */
export function gradients(loss: Node, wrt: readonly Node[], seed: Node = constant(1)): Node[] {
  if (!sameShape(seed.shape, loss.shape)) {
    throw graphError('gradients', `a loss of shape ${showShape(loss.shape)} needs a seed of that shape`)
  }
  const order = ancestors([loss])
  const wanted = new Set(wrt)
  const onPath = new Set<Node>()
  for (const node of order) {
    if (wanted.has(node) || node.inputs.some((input) => onPath.has(input))) onPath.add(node)
  }

  const total = new Map<Node, Node>([[loss, seed]])
  for (const node of order.reverse()) {
    const g = total.get(node)
    if (!g || !node.inputs.some((input) => onPath.has(input))) continue
    if (!node.op.gradient) throw graphError(node.op.name, 'has no derivative')
    node.op.gradient(g, node).forEach((part, i) => {
      const input = node.inputs[i]
      if (!part || !onPath.has(input)) return
      const sum = total.get(input)
      total.set(input, sum ? add(sum, part) : part)
    })
  }
  return wrt.map((node) => total.get(node) ?? broadcastTo(constant(0), node.shape))
}
