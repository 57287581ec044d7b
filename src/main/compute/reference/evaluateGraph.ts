import { checkedInput } from '../feeds'
import { constantValue, inputName } from '../graph'
import type { Node } from '../graph'
import type { Plan } from '../plan'
import type { Tensor, Tensors } from '../tensor'
import type { NumericArray } from './arrays'

/** No operation writes into its inputs, so doubles are taken as they are. */
const inDoubles = ({ data }: Tensor): Float64Array => (data instanceof Float64Array ? data : new Float64Array(data))

/** Runs a graph in float64, operation by operation. */
export function evaluateGraph({ order, lastUse, outputs }: Plan, inputs: Tensors): Record<string, NumericArray> {
  const values = new Map<Node, NumericArray>()
  order.forEach((node, at) => {
    const name = inputName(node)
    const number = constantValue(node)
    const data =
      name !== null
        ? inDoubles(checkedInput(node, name, inputs))
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
