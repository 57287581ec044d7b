import type { Node } from '../graph'
import { concat } from '../ops/concat'
import { gemm } from '../ops/matmul'
import type { GemmAttributes } from '../ops/matmul'
import { mul } from '../ops/mul'
import { sameShape, sizeOf } from '../shapes'
import { is, isScalar, unscaled } from './rule'
import type { Rule } from './rule'

interface Product {
  readonly a: Node
  readonly b: Node
  readonly c: Node | null
  readonly flags: GemmAttributes
}

const asProduct = (node: Node): Product | null =>
  is(node, 'gemm')
    ? {
        a: node.inputs[0],
        b: node.inputs[1],
        c: node.inputs[2] ?? null,
        flags: node.attributes as unknown as GemmAttributes,
      }
    : null

/** (xᵀ) y, x (yᵀ) and (x y)ᵀ by the product's flags. */
const transposesIntoFlags: Rule = (node, single) => {
  const product = asProduct(node)
  if (product) {
    const { a, b, c, flags } = product
    if (is(a, 'transpose')) return gemm(a.inputs[0], b, c, { ...flags, transA: !flags.transA })
    return is(b, 'transpose') ? gemm(a, b.inputs[0], c, { ...flags, transB: !flags.transB }) : null
  }
  if (!is(node, 'transpose') || !single(node.inputs[0])) return null
  const inner = asProduct(node.inputs[0])
  if (!inner || inner.c) return null
  const { transA, transB } = inner.flags
  return gemm(inner.b, inner.a, null, { ...inner.flags, transA: !transB, transB: !transA })
}

/** Known factors around a product go into its alpha and beta. */
const factorsIntoProduct: Rule = (node, single) => {
  const product = asProduct(node)
  if (product) {
    const { a, b, c, flags } = product
    const [left, right, added] = [unscaled(a), unscaled(b), c && unscaled(c)]
    const factor = left.factor * right.factor
    if (left.x === a && right.x === b && (!added || added.x === c)) return null
    return gemm(left.x, right.x, added && added.x, {
      ...flags,
      alpha: flags.alpha * factor,
      beta: flags.beta * (added ? added.factor : 1),
    })
  }
  if (is(node, 'scale')) {
    const inner = single(node.inputs[0]) ? asProduct(node.inputs[0]) : null
    const { factor } = unscaled(node)
    if (!inner) return null
    const { alpha, beta } = inner.flags
    return gemm(inner.a, inner.b, inner.c, { ...inner.flags, alpha: alpha * factor, beta: beta * factor })
  }
  return null
}

/** c x ⊙ (a b): the factor goes into the product's alpha. */
const factorBesideProduct: Rule = (node, single) => {
  if (!is(node, 'mul')) return null
  for (const [x, y] of [node.inputs, [...node.inputs].reverse()]) {
    const inner = asProduct(y)
    if (!is(x, 'scale') || !inner || inner.c || !single(y)) continue
    const alpha = inner.flags.alpha * unscaled(x).factor
    return mul(unscaled(x).x, gemm(inner.a, inner.b, null, { ...inner.flags, alpha }))
  }
  return null
}

/** s (a b) with a scalar s that is only known at run time: the smaller operand takes it. */
const scalarIntoOperand: Rule = (node, single) => {
  if (!is(node, 'mul')) return null
  const s = node.inputs.find(isScalar)
  const other = node.inputs.find((input) => input !== s)
  const inner = other && single(other) && sameShape(other.shape, node.shape) ? asProduct(other) : null
  if (!s || s.shape.length > 2 || !inner || inner.c) return null
  const { a, b, flags } = inner
  return sizeOf(a.shape) < sizeOf(b.shape) ? gemm(mul(s, a), b, null, flags) : gemm(a, mul(s, b), null, flags)
}

/**
 * aᵀb + cᵀd as one product of the operands joined along the batch, where joining them moves less memory than a second
 * pass over the result: the gradient of a weight that encodes and decodes.
 */
function joined(left: Product, right: Product, size: number): Node | null {
  const { transA, transB, alpha } = left.flags
  const same = transA === right.flags.transA && transB === right.flags.transB && alpha === right.flags.alpha
  const moved = [left.a, left.b, right.a, right.b].reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  if (!same || !transA || transB || moved > size) return null
  return gemm(concat([left.a, right.a], 0), concat([left.b, right.b], 0), null, left.flags)
}

/** Whether something can still be added to a product: it has no C, or its C is such a product, used here alone. */
const isOpen = ({ c, flags }: Product, single: (node: Node) => boolean): boolean => {
  if (!c) return true
  const inner = single(c) ? asProduct(c) : null
  return inner !== null && flags.beta === 1 && isOpen(inner, single)
}

/** The product plus beta times `added`. */
const startingFrom = ({ a, b, c, flags }: Product, added: Node, beta: number): Node => {
  const inner = c && asProduct(c)
  return inner ? gemm(a, b, startingFrom(inner, added, beta), flags) : gemm(a, b, added, { ...flags, beta })
}

/** x + a b, x - a b, a b - x: the product starts from what is added. */
const sumsIntoProduct: Rule = (node, single) => {
  if (!is(node, 'add') && !is(node, 'sub')) return null
  const isSum = is(node, 'add')
  const open = (input: Node) => {
    const product = single(input) && sameShape(input.shape, node.shape) ? asProduct(input) : null
    return product && isOpen(product, single) ? product : null
  }
  const [x, y] = node.inputs
  const [left, right] = [open(x), open(y)]
  if (left && right && isSum && !left.c && !right.c) {
    const both = joined(left, right, sizeOf(node.shape))
    if (both) return both
  }
  if (left && y.shape.length <= 2) return startingFrom(left, y, isSum ? 1 : -1)
  if (!right || x.shape.length > 2 || (!isSum && right.c)) return null
  const alpha = isSum ? right.flags.alpha : -right.flags.alpha
  return startingFrom({ ...right, flags: { ...right.flags, alpha } }, x, 1)
}

export const productRules: readonly Rule[] = [
  transposesIntoFlags,
  factorsIntoProduct,
  factorBesideProduct,
  scalarIntoOperand,
  sumsIntoProduct,
]
