import type { Node } from '../graph'
import { node } from '../onnx/node'
import { operation } from '../operation'
import { product } from '../reference/product'
import { broadcastShapes, graphError, sameShape, showShape } from '../shapes'
import { scale } from './scale'
import { unbroadcast } from './sum'

export interface MatmulFlags {
  /** Use aᵀ. */
  readonly transA?: boolean
  /** Use bᵀ. */
  readonly transB?: boolean
}

// An alias and not an interface, which would have no index signature to be an `Attributes`.
export type GemmAttributes = {
  readonly transA: boolean
  readonly transB: boolean
  readonly alpha: number
  readonly beta: number
}

const build = operation<GemmAttributes>('gemm', {
  shape: ([a, b, c], { transA, transB }) => {
    const show = `${showShape(a)}${transA ? 'ᵀ' : ''} and ${showShape(b)}${transB ? 'ᵀ' : ''}`
    if (a.length !== 2 || b.length !== 2) throw graphError('matmul', `${show} are not two matrices`)
    const [rows, inner] = transA ? [a[1], a[0]] : [a[0], a[1]]
    const [other, columns] = transB ? [b[1], b[0]] : [b[0], b[1]]
    if (inner !== other) throw graphError('matmul', `${show} do not fit`)
    const shape = [rows, columns]
    if (c && !sameShape(broadcastShapes('matmul', c, shape), shape)) {
      throw graphError('matmul', `${showShape(c)} cannot be added to ${showShape(shape)}`)
    }
    return shape
  },
  gradient: (g, { inputs: [a, b, c], attributes: { transA, transB, alpha, beta } }) => {
    const ga = transA
      ? gemm(b, g, null, { transA: transB, transB: true, alpha, beta })
      : gemm(g, b, null, { transA: false, transB: !transB, alpha, beta })
    const gb = transB
      ? gemm(g, a, null, { transA: true, transB: transA, alpha, beta })
      : gemm(a, g, null, { transA: !transA, transB: false, alpha, beta })
    return c ? [ga, gb, scale(unbroadcast(g, c.shape), beta)] : [ga, gb]
  },
  onnx: (inputs, output, { attributes: { transA, transB, alpha, beta } }) =>
    node('Gemm', inputs, output, {
      transA: { int: transA ? 1 : 0 },
      transB: { int: transB ? 1 : 0 },
      alpha: { float: alpha },
      beta: { float: beta },
    }),
  tfjs: (tf, [a, b, c], { attributes: { transA, transB, alpha, beta } }) => {
    const product = tf.matMul(a, b, transA, transB)
    const scaled = alpha === 1 ? product : tf.mul(product, alpha)
    return c ? tf.add(scaled, beta === 1 ? c : tf.mul(c, beta)) : scaled
  },
  reference: ([a, b, c], { output, attributes }) => product(a, b, c ?? null, output.shape, attributes),
})

/** alpha op(a) op(b) + beta c, with c [rows, columns] or what broadcasts to it: one call of an engine's fastest kernel. */
export const gemm = (a: Node, b: Node, c: Node | null, attributes: GemmAttributes): Node =>
  build(c ? [a, b, c] : [a, b], attributes)

/** op(a) op(b) of two matrices, op a transposition where the flag says so. */
export const matmul = (a: Node, b: Node, { transA = false, transB = false }: MatmulFlags = {}): Node =>
  gemm(a, b, null, { transA, transB, alpha: 1, beta: 1 })
