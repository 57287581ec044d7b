import { ancestors, constantValue, inputName } from '../graph'
import type { Graph, Node } from '../graph'
import type { Tensors } from '../tensor'
import type { NumericArray } from './arrays'
import { checkedInput } from '../feeds'

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

/** Runs a graph in float64, operation by operation. */
export function evaluate({ order, lastUse, outputs }: Plan, inputs: Tensors): Record<string, NumericArray> {
  const values = new Map<Node, NumericArray>()
  order.forEach((node, at) => {
    const name = inputName(node)
    const number = constantValue(node)
    const data =
      name !== null
        ? Float64Array.from(checkedInput(node, name, inputs).data)
        : number !== null
          ? Float64Array.of(number)
          : node.op.reference(
              node,
              node.inputs.map((input) => values.get(input) as NumericArray),
            )
    values.set(node, { shape: node.shape, data })
    for (const input of node.inputs) if (lastUse.get(input) === at) values.delete(input)
  })
  return Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, values.get(node) as NumericArray]))
}
