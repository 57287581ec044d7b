import type { Node, Shape } from '../../src/main/compute/graph'
import * as ops from '../../src/main/compute/ops'
import { gemm } from '../../src/main/compute/ops/matmul'
import { pad } from '../../src/main/compute/ops/slice'

/** An operation on float inputs, with where to try it. */
export interface OperationCase {
  readonly name: string
  readonly shapes: readonly Shape[]
  readonly build: (...inputs: Node[]) => Node
  /** Range of the inputs; -2 to 2 where not said. */
  readonly range?: readonly [number, number]
  /** A kinked or stepped operation: no second derivative, and inputs are kept this far from its kink at 0. */
  readonly kink?: number
}

const matrix: readonly Shape[] = [[3, 4]]
const unary = (name: string, build: (x: Node) => Node, more: Partial<OperationCase> = {}): OperationCase => ({
  name,
  shapes: matrix,
  build,
  ...more,
})
const [a, b, v] = [[3, 4] as const, [4, 2] as const, [4] as const]

export const operationCases: readonly OperationCase[] = [
  { name: 'add', shapes: [a, a], build: ops.add },
  { name: 'add, broadcast row', shapes: [a, v], build: ops.add },
  { name: 'sub', shapes: [a, a], build: ops.sub },
  { name: 'sub, broadcast column', shapes: [[3, 1], a], build: ops.sub },
  { name: 'mul', shapes: [a, a], build: ops.mul },
  { name: 'mul, scalar', shapes: [[], a], build: ops.mul },
  { name: 'mul, outer', shapes: [[3, 1], v], build: ops.mul },
  { name: 'mul, itself', shapes: [a], build: (x) => ops.mul(x, x) },
  { name: 'div', shapes: [a, a], build: ops.div, range: [0.5, 2] },
  { name: 'div, broadcast row', shapes: [a, v], build: ops.div, range: [0.5, 2] },
  { name: 'div, number', shapes: [a], build: (x) => ops.div(1, x), range: [0.5, 2] },
  unary('neg', ops.neg),
  unary('scale', (x) => ops.scale(x, -1.7)),
  { name: 'matmul', shapes: [a, b], build: (x, y) => ops.matmul(x, y) },
  { name: 'matmul, aᵀ', shapes: [[4, 3], b], build: (x, y) => ops.matmul(x, y, { transA: true }) },
  { name: 'matmul, bᵀ', shapes: [a, [2, 4]], build: (x, y) => ops.matmul(x, y, { transB: true }) },
  {
    name: 'matmul, aᵀ bᵀ',
    shapes: [
      [4, 3],
      [2, 4],
    ],
    build: (x, y) => ops.matmul(x, y, { transA: true, transB: true }),
  },
  { name: 'matmul, x xᵀ', shapes: [a], build: (x) => ops.matmul(x, x, { transB: true }) },
  {
    name: 'gemm, row added',
    shapes: [a, b, [2]],
    build: (x, y, c) => gemm(x, y, c, { transA: false, transB: false, alpha: 0.5, beta: -1.5 }),
  },
  {
    name: 'gemm, matrix added',
    shapes: [
      [4, 3],
      [2, 4],
      [3, 2],
    ],
    build: (x, y, c) => gemm(x, y, c, { transA: true, transB: true, alpha: -2, beta: 0.9 }),
  },
  unary('transpose', ops.transpose),
  unary('reshape', (x) => ops.reshape(x, [2, 6])),
  { name: 'concat, rows', shapes: [a, [1, 4], [2, 4]], build: (...xs) => ops.concat(xs, 0) },
  { name: 'concat, columns', shapes: [a, [3, 2]], build: (...xs) => ops.concat(xs, -1) },
  unary('slice, rows', (x) => ops.slice(x, 0, 1, 3)),
  unary('slice, columns', (x) => ops.slice(x, 1, 0, 2)),
  unary('pad', (x) => pad(x, 1, 2, 1)),
  unary('sum', (x) => ops.sum(x)),
  unary('sum, rows', (x) => ops.sum(x, 0)),
  unary('sum, columns kept', (x) => ops.sum(x, [1], true)),
  unary('mean', (x) => ops.mean(x)),
  unary('mean, columns', (x) => ops.mean(x, -1)),
  { name: 'max', shapes: [a], build: (x) => ops.max(x), kink: 0 },
  { name: 'max, columns kept', shapes: [a], build: (x) => ops.max(x, [1], true), kink: 0 },
  { name: 'broadcastTo', shapes: [[3, 1]], build: (x) => ops.broadcastTo(x, [2, 3, 4]) },
  { name: 'broadcastTo, scalar', shapes: [[]], build: (x) => ops.broadcastTo(x, [2, 3]) },
  unary('sigmoid', ops.sigmoid),
  unary('tanh', ops.tanh),
  unary('relu', ops.relu, { kink: 0.1 }),
  unary('step', ops.step, { kink: 0.1 }),
  unary('softplus', ops.softplus),
  unary('logcosh', ops.logcosh),
  unary('exp', ops.exp),
  unary('log', ops.log, { range: [0.5, 2] }),
  unary('square', ops.square),
  unary('sqrt', ops.sqrt, { range: [0.5, 2] }),
  unary('abs', ops.abs, { kink: 0.1 }),
  unary('sign', ops.sign, { kink: 0.1 }),
  unary('logSumExp', (x) => ops.logSumExp(x, 0)),
  unary('logSumExp, kept', (x) => ops.logSumExp(x, 1, true)),
  unary('logSoftmax', (x) => ops.logSoftmax(x, 1)),
]
