import { constantValue, inputName } from '../graph'
import type { Node } from '../graph'
import type { Plan } from '../plan'
import type { Tfjs, TfjsTensor } from './tfjs'

/**
 * Runs a graph operation by operation, disposing of each value after its last use. Called within `tidy`, which clears up
 * where an operation throws.
 * @param inputs stay the caller's
 * @returns tensors of their own, for the caller to dispose of: also where an output is an input, or one value twice
 */
export function evaluateGraph(
  tf: Tfjs,
  { order, lastUse, outputs }: Plan,
  inputs: Readonly<Record<string, TfjsTensor>>,
): Record<string, TfjsTensor> {
  const values = new Map<Node, TfjsTensor>()
  const owned = new Set<Node>()
  order.forEach((node, at) => {
    const name = inputName(node)
    if (name !== null) {
      values.set(node, inputs[name])
      return
    }
    const number = constantValue(node)
    const operands = node.inputs.map((input) => values.get(input) as TfjsTensor)
    values.set(node, number !== null ? tf.scalar(number) : tf.tidy(() => node.op.tfjs(node, operands, tf)))
    owned.add(node)
    for (const input of node.inputs) {
      if (lastUse.get(input) === at && owned.delete(input)) values.get(input)?.dispose()
    }
  })
  const entries = Object.entries(outputs).map(([name, node]) => {
    const value = values.get(node) as TfjsTensor
    return [name, owned.delete(node) ? value : tf.clone(value)]
  })
  return Object.fromEntries(entries) as Record<string, TfjsTensor>
}
