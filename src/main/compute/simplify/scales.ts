import { constantValue } from '../graph'
import { mul } from '../ops/mul'
import { neg, scale } from '../ops/scale'
import { add } from '../ops/add'
import { sub } from '../ops/sub'
import { sum } from '../ops/sum'
import { sameShape, sizeOf } from '../shapes'
import { is, isNumber, isScalar, unscaled } from './rule'
import type { Rule } from './rule'

/** Known factors become one `scale`, as near the root and on as few numbers as can be. */
const mergeScales: Rule = (node) => {
  if (!is(node, 'scale')) return null
  const { x, factor } = unscaled(node)
  if (factor === 1) return x
  if (is(x, 'scale')) return scale(unscaled(x).x, unscaled(x).factor * factor)
  return factor === -1 && is(x, 'sub') ? sub(x.inputs[1], x.inputs[0]) : null
}

/** x c, c x and x / c with a number c. */
const scaleByNumber: Rule = (node) => {
  if (!is(node, 'mul') && !is(node, 'div')) return null
  const [a, b] = node.inputs
  const [left, right] = [constantValue(a), constantValue(b)]
  if (right !== null) return scale(a, is(node, 'div') ? 1 / right : right)
  return left !== null && is(node, 'mul') ? scale(b, left) : null
}

/** x + 0, 0 + x, x - 0, 0 - x, and signs inside sums and differences. */
const plainSums: Rule = (node) => {
  const isSum = is(node, 'add')
  if (!isSum && !is(node, 'sub')) return null
  const [a, b] = node.inputs
  if (isNumber(b, 0)) return a
  if (isNumber(a, 0)) return isSum ? b : neg(b)
  const right = unscaled(b)
  if (right.factor === -1) return isSum ? sub(a, right.x) : add(a, right.x)
  const left = unscaled(a)
  return isSum && left.factor === -1 ? sub(b, left.x) : null
}

/** The factors of a product go to its smaller operand; scalars are multiplied among themselves first. */
const productFactors: Rule = (node) => {
  if (!is(node, 'mul')) return null
  const [a, b] = node.inputs
  const [small, large] = sizeOf(a.shape) < sizeOf(b.shape) ? [a, b] : [b, a]
  const [less, more] = [unscaled(small), unscaled(large)]
  const factor = less.factor * more.factor
  const sameSize = sizeOf(small.shape) === sizeOf(large.shape)
  if (more.factor !== 1 && !sameSize) return mul(scale(less.x, factor), more.x)
  if (more.factor !== 1 && less.factor !== 1) return scale(mul(less.x, more.x), factor)
  if (!isScalar(small) || !is(large, 'mul')) return null
  const inner = large.inputs.find(isScalar)
  const rest = large.inputs.find((input) => input !== inner)
  return inner && rest && sameShape(rest.shape, node.shape) ? mul(mul(small, inner), rest) : null
}

/** Σ c x = c Σ x, and sums of sums. */
const sumOfScale: Rule = (node) => {
  if (!is(node, 'sum')) return null
  const [x] = node.inputs
  const { axes, keepdims } = node.attributes as { axes: readonly number[]; keepdims: boolean }
  if (is(x, 'scale')) return scale(sum(unscaled(x).x, axes, keepdims), unscaled(x).factor)
  return is(x, 'sum') && sameShape(node.shape, []) ? sum(x.inputs[0]) : null
}

export const scaleRules: readonly Rule[] = [mergeScales, scaleByNumber, plainSums, productFactors, sumOfScale]
