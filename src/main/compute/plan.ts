import { ancestors } from './graph'
import type { Graph, Node } from './graph'

/** The steps of a graph in order, and after which of them each value is no longer needed. */
export interface Plan {
  readonly order: readonly Node[]
  readonly lastUse: ReadonlyMap<Node, number>
  readonly outputs: Readonly<Record<string, Node>>
}

export function plan({ outputs }: Graph): Plan {
  const order = ancestors(Object.values(outputs))
  const lastUse = new Map<Node, number>()
  order.forEach((node, at) => node.inputs.forEach((input) => lastUse.set(input, at)))
  for (const node of Object.values(outputs)) lastUse.set(node, Infinity)
  return { order, lastUse, outputs }
}
