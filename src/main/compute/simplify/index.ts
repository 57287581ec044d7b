import { ancestors, constant, constantValue, graph, inputName, makeNode } from '../graph'
import type { Graph, Node } from '../graph'
import { sameShape } from '../shapes'
import { layoutRules } from './layout'
import { productRules } from './products'
import type { Rule } from './rule'
import { scaleRules } from './scales'

/** An operation on known numbers is a number. */
const foldConstants: Rule = (node) => {
  if (node.inputs.length === 0 || !sameShape(node.shape, [])) return null
  const values = node.inputs.map(constantValue)
  if (values.some((value) => value === null)) return null
  const inputs = values.map((value) => ({ shape: [], data: Float64Array.of(value as number) }))
  return constant(node.op.reference(node, inputs)[0])
}

const rules: readonly Rule[] = [foldConstants, ...scaleRules, ...layoutRules, ...productRules]

/** Enough for any graph seen (six at most); the rules only ever shorten, so this is no tuning knob. */
const mostPasses = 50

/** Equal text, equal value. */
const keyOf = ({ op, inputs, attributes, shape }: Node): string =>
  `${op.name} ${JSON.stringify(attributes)} ${shape.join()} ${inputs.map(({ id }) => id).join()}`

function usesOf(outputs: readonly Node[]): Map<Node, number> {
  const uses = new Map<Node, number>()
  const use = (node: Node) => uses.set(node, (uses.get(node) ?? 0) + 1)
  outputs.forEach(use)
  for (const node of ancestors(outputs)) node.inputs.forEach(use)
  return uses
}

/** Rewrites every node once, inputs first; equal nodes become one. */
function pass(outputs: Readonly<Record<string, Node>>): { outputs: Record<string, Node>; changed: boolean } {
  const before = usesOf(Object.values(outputs))
  const uses = new Map<Node, number>()
  const single = (node: Node) => uses.get(node) === 1
  const known = new Map<string, Node>()
  const simple = new Map<Node, Node>()
  let changed = false
  for (const old of ancestors(Object.values(outputs))) {
    const inputs = old.inputs.map((input) => simple.get(input) as Node)
    const moved = inputs.some((input, i) => input !== old.inputs[i])
    let node = moved ? makeNode(old.op, inputs, old.attributes, old.shape, old.dtype) : old
    for (const rule of rules) {
      const better = rule(node, single)
      if (!better) continue
      node = better
      changed = true
      break
    }
    const key = keyOf(node)
    const twin = inputName(node) === null ? known.get(key) : undefined
    if (twin && twin !== node) changed = true
    node = twin ?? node
    known.set(key, node)
    simple.set(old, node)
    uses.set(node, (uses.get(node) ?? 0) + (before.get(old) as number))
  }
  const entries = Object.entries(outputs).map(([name, node]) => [name, simple.get(node) as Node])
  return { outputs: Object.fromEntries(entries) as Record<string, Node>, changed }
}

/**
 * An equal graph with less to do: common subexpressions once, known numbers folded, transposes as flags of products,
 * broadcasts left to the engine, and m v + aᵀb as one product with alpha, beta and C.
 */
export function simplify(asked: Graph): Graph {
  let { outputs } = asked
  for (let passes = 0; passes < mostPasses; passes++) {
    const next = pass(outputs)
    outputs = next.outputs
    if (!next.changed) break
  }
  return graph(outputs)
}
