import { ancestors, constantValue, inputName } from '../graph'
import type { Graph, Node } from '../graph'
import type { OnnxConstant, OnnxNode, OnnxScope } from './node'
import { node as onnxNode } from './node'

/** ONNX name of a graph's result. */
export const resultName = (name: string): string => `${name}:out`

/** Nodes and constants of an ONNX graph in the making; constants of equal value are written once. */
export class OnnxWriter implements OnnxScope {
  readonly nodes: OnnxNode[] = []
  private readonly constantsByKey = new Map<string, OnnxConstant>()
  private temporaries = 0

  get constants(): OnnxConstant[] {
    return [...this.constantsByKey.values()]
  }

  ints(values: readonly number[]): string {
    return this.constant({ type: 'int64', shape: [values.length], values })
  }

  float(value: number): string {
    return this.constant({ type: 'float32', shape: [], values: [value] })
  }

  temporary(): string {
    return `:t${this.temporaries++}`
  }

  /**
   * Writes all operations of a graph.
   * @param inputs ONNX name of each of the graph's inputs
   * @returns ONNX name of each of the graph's outputs: always a name of its own, as the format wants
   */
  write({ outputs }: Graph, inputs: Readonly<Record<string, string>>): Record<string, string> {
    const names = new Map<Node, string>()
    const results = new Map<Node, string>()
    for (const [name, node] of Object.entries(outputs)) if (!results.has(node)) results.set(node, resultName(name))
    for (const node of ancestors(Object.values(outputs))) {
      const input = inputName(node)
      const number = constantValue(node)
      if (input !== null) names.set(node, inputs[input])
      else if (number !== null) names.set(node, this.float(number))
      else {
        const output = results.get(node) ?? this.temporary()
        const from = node.inputs.map((each) => names.get(each) as string)
        this.nodes.push(...node.op.onnx(node, from, output, this))
        names.set(node, output)
      }
    }
    const entries = Object.entries(outputs).map(([name, node]) => {
      const output = resultName(name)
      const value = names.get(node) as string
      if (value !== output) this.nodes.push(onnxNode('Identity', [value], output))
      return [name, output]
    })
    return Object.fromEntries(entries) as Record<string, string>
  }

  private constant(value: Omit<OnnxConstant, 'name'>): string {
    const key = JSON.stringify([value.type, value.shape, value.values.map(String)])
    const known = this.constantsByKey.get(key)
    if (known) return known.name
    const name = `:c${this.constantsByKey.size}`
    this.constantsByKey.set(key, { name, ...value })
    return name
  }
}
