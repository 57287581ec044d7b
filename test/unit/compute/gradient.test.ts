import { describe, expect, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import { gradients } from '../../../src/main/compute/gradient'
import { graph, input } from '../../../src/main/compute/graph'
import type { Node } from '../../../src/main/compute/graph'
import {
  add,
  cast,
  gatherRows,
  matmul,
  mul,
  relu,
  reshape,
  sigmoid,
  square,
  sub,
  sum,
  tanh,
} from '../../../src/main/compute/ops'
import type { Tensors } from '../../../src/main/compute/tensor'
import { float64 } from '../../../src/main/compute/tensor'
import { listOf, randomTensor, relativeError } from '../../support/tensors'

const reference = await openBackend({ engine: 'reference', device: 'cpu', threads: 1 })

async function value(output: Node, feeds: Tensors): Promise<number[]> {
  const { out } = await (await reference.compile(graph({ out: output }))).run(feeds)
  return listOf(out)
}

/** Rows of the Jacobian of a map of one image [D] to [D]: one seed each. */
async function jacobian(map: Node, x: Node, feeds: Tensors): Promise<number[][]> {
  const size = x.shape[1]
  const seed = input('seed', [1, size])
  const [row] = gradients(map, [x], seed)
  const unit = (i: number) => float64(new Float64Array(size).fill(0).fill(1, i, i + 1), [1, size])
  return Promise.all(Array.from({ length: size }, (_, i) => value(row, { ...feeds, seed: unit(i) })))
}

describe('gradients', () => {
  it('add up over all ways from a value to the loss', async () => {
    const x = input('x', [])
    const [g] = gradients(add(square(x), mul(x, square(x))), [x])
    expect(await value(g, { x: float64(Float64Array.of(3), []) })).toEqual([2 * 3 + 3 * 9])
  })

  it('are zeros in the right shape where the loss does not depend on a value', async () => {
    const [x, y] = [input('x', [2]), input('y', [2, 3])]
    const [g] = gradients(sum(x), [y])
    expect(g.shape).toEqual([2, 3])
    expect(await value(g, {})).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('are scaled by the seed', async () => {
    const x = input('x', [3])
    const [plain] = gradients(sum(square(x)), [x])
    const [scaled] = gradients(sum(square(x)), [x], input('seed', []))
    const feeds = { x: randomTensor([3], 1), seed: float64(Float64Array.of(-0.25), []) }
    expect(await value(scaled, feeds)).toEqual((await value(plain, feeds)).map((g) => -0.25 * g))
  })

  it('of a loss that is no scalar need a seed of its shape', () => {
    const x = input('x', [3])
    expect(() => gradients(square(x), [x])).toThrow('a loss of shape [3] needs a seed of that shape')
  })

  it('are refused through rows and flags, which are no weights', () => {
    const data = input('data', [4, 2])
    const rows = gatherRows(data, input('index', [2], 'int32'))
    expect(() => gradients(sum(rows), [data])).toThrow('gatherRows: has no derivative')
    const flags = input('flags', [2], 'uint8')
    expect(() => gradients(sum(cast(flags)), [flags])).toThrow('cast: has no derivative')
  })
})

describe('the Jacobian of an auto-encoder r(x) - x = Wᵀσ(W x + c) + b - x', () => {
  const [pixels, hidden] = [5, 3]
  const slopes = {
    sigmoid: (u: number) => (1 / (1 + Math.exp(-u))) * (1 - 1 / (1 + Math.exp(-u))),
    tanh: (u: number) => 1 - Math.tanh(u) ** 2,
    relu: (u: number) => (u > 0 ? 1 : 0),
  }
  const feeds = {
    x: randomTensor([1, pixels], 1),
    W: randomTensor([hidden, pixels], 2),
    V: randomTensor([hidden, pixels], 4),
    c: randomTensor([hidden], 3),
  }
  const x = input('x', [1, pixels])
  const [W, V] = [input('W', [hidden, pixels]), input('V', [hidden, pixels])]
  const pre = add(matmul(x, W, { transB: true }), input('c', [hidden]))

  it.each([
    ['sigmoid', sigmoid],
    ['tanh', tanh],
    ['relu', relu],
  ] as const)('is Wᵀ diag(σ’(u)) W - I with the derivative of %s itself', async (name, activation) => {
    const found = await jacobian(sub(matmul(activation(pre), W), x), x, feeds)
    const u = await value(pre, feeds)
    const w = listOf(feeds.W)
    const expected = found.map((row, i) =>
      row.map((_, j) => {
        const sums = u.map((each, k) => slopes[name](each) * w[k * pixels + i] * w[k * pixels + j])
        return sums.reduce((a, b) => a + b, 0) - (i === j ? 1 : 0)
      }),
    )
    expect(relativeError(found.flat(), expected.flat())).toBeLessThan(1e-12)
    const asymmetry = found.flatMap((row, i) => row.map((each, j) => Math.abs(each - found[j][i])))
    expect(Math.max(...asymmetry)).toBeLessThan(1e-14)
  })

  it('is not symmetric with a decoder of its own', async () => {
    const found = await jacobian(sub(matmul(sigmoid(pre), V), x), x, feeds)
    expect(Math.abs(found[0][1] - found[1][0])).toBeGreaterThan(1e-3)
  })

  it('keeps rows and columns apart where a matrix is reshaped, not transposed', async () => {
    const y = input('y', [2, 3])
    const [g] = gradients(sum(mul(reshape(y, [3, 2]), input('w', [3, 2]))), [y])
    const w = randomTensor([3, 2], 5)
    expect(g.shape).toEqual([2, 3])
    expect(await value(g, { y: randomTensor([2, 3], 6), w })).toEqual(listOf(w))
  })
})
