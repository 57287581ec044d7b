import { constantValue } from '../graph'
import type { Node } from '../graph'
import { sameShape, sizeOf } from '../shapes'

/**
 * An equal but cheaper form of a node whose inputs are already simple, or null where the rule does not apply.
 * @param single whether a value is used once only, so that it may be absorbed
 */
export type Rule = (node: Node, single: (node: Node) => boolean) => Node | null

export const is = (node: Node, name: string): boolean => node.op.name === name

/** x and c of scale(x, c); any other value is once itself. */
export const unscaled = (node: Node): { x: Node; factor: number } =>
  is(node, 'scale') ? { x: node.inputs[0], factor: node.attributes.factor as number } : { x: node, factor: 1 }

/** A single number, as a node of any rank. */
export const isScalar = ({ shape }: Node): boolean => sizeOf(shape) === 1

/** What a value stretches or wraps: the operand of a broadcast, the scalar inside a reshape. */
export function unstretched(node: Node): Node {
  if (is(node, 'broadcastTo')) return unstretched(node.inputs[0])
  return is(node, 'reshape') && sameShape(node.inputs[0].shape, []) ? node.inputs[0] : node
}

export const isNumber = (node: Node, value: number): boolean => constantValue(node) === value
