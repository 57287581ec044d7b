import { describe, expect, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import { exampleStep } from '../../../src/main/compute/exampleStep'
import { gradients } from '../../../src/main/compute/gradient'
import { ancestors, graph, input, inputName } from '../../../src/main/compute/graph'
import type { Graph, Node } from '../../../src/main/compute/graph'
import { add, div, matmul, mul, neg, scale, sqrt, square, sub, sum, transpose } from '../../../src/main/compute/ops'
import { simplify } from '../../../src/main/compute/simplify'
import { int32, uint8 } from '../../../src/main/compute/tensor'
import type { Tensor } from '../../../src/main/compute/tensor'
import { operationCases } from '../../support/operationCases'
import { listOf, randomTensor, relativeError } from '../../support/tensors'

const reference = await openBackend({ engine: 'reference', device: 'cpu', threads: 1 })

const operations = ({ outputs }: Graph): Node[] =>
  ancestors(Object.values(outputs)).filter((node) => node.inputs.length > 0)
const countOf = (g: Graph, name: string) => operations(g).filter(({ op }) => op.name === name).length

function feedsOf(g: Graph, range?: readonly [number, number]): Record<string, Tensor> {
  const feeds = g.inputs.map((node, stream): [string, Tensor] => {
    const count = node.shape.reduce((a, b) => a * b, 1)
    const name = inputName(node) as string
    if (node.dtype === 'uint8')
      return [
        name,
        uint8(
          Uint8Array.from({ length: count }, (_, i) => i % 2),
          node.shape,
        ),
      ]
    if (node.dtype === 'int32')
      return [
        name,
        int32(
          Int32Array.from({ length: count }, (_, i) => i),
          node.shape,
        ),
      ]
    return [name, randomTensor(node.shape, stream, range && [...range], 0.1)]
  })
  return Object.fromEntries(feeds)
}

/** Simplifies and checks on the reference that nothing but the work has changed. */
async function expectEqual(asked: Graph, range?: readonly [number, number]): Promise<Graph> {
  const simple = simplify(asked)
  const feeds = feedsOf(asked, range)
  const [before, after] = await Promise.all(
    [asked, simple].map(async (each) => (await reference.compile(each)).run(feeds)),
  )
  for (const name of Object.keys(asked.outputs)) {
    expect(after[name].shape).toEqual(before[name].shape)
    expect(relativeError(listOf(after[name]), listOf(before[name]))).toBeLessThan(1e-12)
  }
  expect(operations(simple).length).toBeLessThanOrEqual(operations(asked).length)
  return simple
}

describe('a simplified graph', () => {
  it.each(operationCases)('gives the same for $name, its gradient and its second', async ({ shapes, build, range }) => {
    const inputs = shapes.map((shape, i) => input(`x${i}`, shape))
    const first = gradients(sum(mul(build(...inputs), input('weights', build(...inputs).shape))), inputs)
    const total = first.map((g, i) => sum(mul(g, input(`second${i}`, g.shape)))).reduce((a, b) => add(a, b))
    const second = gradients(total, inputs)
    const entries = [...first, ...second].map((node, i) => [`g${i}`, node])
    await expectEqual(graph(Object.fromEntries(entries) as Record<string, Node>), range)
  })

  it('does a training step with its sums inside the products and a quarter fewer operations', async () => {
    const { stepGraph } = exampleStep({ pixels: 40, factors: 30, mappings: 10, batch: 5, images: 6 })
    const simple = await expectEqual(stepGraph.graph)
    // Four products forward, three for the error's way back, four for gradients, two of them joined.
    expect(countOf(stepGraph.graph, 'gemm')).toBe(11)
    expect(countOf(simple, 'gemm')).toBe(10)
    expect(countOf(simple, 'transpose') + countOf(simple, 'broadcastTo') + countOf(simple, 'reshape')).toBe(0)
    const { outputs } = simple
    for (const name of ['velocity/WF', 'velocity/WM']) expect(outputs[name].op.name).toBe('gemm')
    expect([operations(stepGraph.graph).length, operations(simple).length]).toEqual([58, 41])
  })
})

describe('a momentum step', () => {
  const [w, v, x, y] = [input('w', [40, 30]), input('v', [40, 30]), input('x', [5, 40]), input('y', [5, 30])]
  const rate = input('rate', [])
  const slope = matmul(x, y, { transA: true })

  it('of one product is one Gemm that starts from the old velocity', async () => {
    const simple = await expectEqual(graph({ v: add(scale(v, 0.9), slope) }))
    expect(operations(simple).map(({ op }) => op.name)).toEqual(['gemm'])
    expect(simple.outputs.v.attributes).toEqual({ transA: true, transB: false, alpha: 1, beta: 0.9 })
  })

  it('with a rate scales the smaller operand, not the weight', async () => {
    const velocity = add(scale(v, 0.9), mul(slope, rate))
    const simple = await expectEqual(graph({ v: velocity, w: sub(w, velocity) }))
    const scaled = operations(simple).filter(({ op }) => op.name === 'mul')
    expect(scaled.map(({ shape }) => shape)).toEqual([[5, 30]])
    expect(countOf(simple, 'scale')).toBe(0)
  })

  it('takes signs and factors of the slope into alpha and beta', async () => {
    const names = (node: Node) => operations(simplify(graph({ node }))).map(({ op }) => op.name)
    for (const node of [sub(v, slope), sub(slope, v), neg(scale(slope, 0.5)), sub(scale(v, 0.9), scale(slope, 2))]) {
      await expectEqual(graph({ node }))
      expect(names(node)).toEqual(['gemm'])
    }
  })

  it('joins two products of a weight that encodes and decodes', async () => {
    const other = matmul(input('x2', [5, 40]), input('y2', [5, 30]), { transA: true })
    const simple = await expectEqual(graph({ v: add(scale(v, 0.9), add(slope, other)) }))
    expect(operations(simple).map(({ op }) => op.name)).toEqual(['concat', 'concat', 'gemm'])
  })

  it('chains two products where joining them would move more than it saves', async () => {
    const wide = (name: string, width: number) => input(name, [500, width])
    const [p, q, r, s] = [wide('p', 4), wide('q', 3), wide('r', 4), wide('s', 3)]
    const both = add(matmul(p, q, { transA: true }), matmul(r, s, { transA: true }))
    const simple = await expectEqual(graph({ v: add(scale(input('u', [4, 3]), 0.9), both) }))
    expect(operations(simple).map(({ op }) => op.name)).toEqual(['gemm', 'gemm'])
  })

  it('does not do a product twice that is needed by itself', async () => {
    const simple = await expectEqual(graph({ slope, v: add(scale(v, 0.9), slope), half: scale(slope, 0.5) }))
    expect(countOf(simple, 'gemm')).toBe(1)
  })

  it('of Adam gives the same', async () => {
    const g = add(slope, scale(w, 0.001))
    const second = add(scale(v, 0.999), scale(square(g), 0.001))
    await expectEqual(graph({ v: second, w: sub(w, div(mul(g, rate), add(sqrt(square(second)), 1e-8))) }))
  })
})

describe('simplify', () => {
  const x = input('x', [3, 4])

  it('computes an expression once that was written twice', () => {
    const twice = graph({ y: add(square(x), square(x)) })
    expect(countOf(twice, 'square')).toBe(2)
    expect(countOf(simplify(twice), 'square')).toBe(1)
  })

  it('drops what does nothing', () => {
    const idle = add(mul(sub(div(transpose(transpose(x)), 1), 0), 1), 0)
    expect(simplify(graph({ y: idle })).outputs.y).toBe(x)
  })

  it('turns transposes into flags', () => {
    const y = input('y', [3, 5])
    const { outputs } = simplify(graph({ out: transpose(matmul(transpose(x), y)) }))
    expect(outputs.out.inputs).toEqual([y, x])
    expect(outputs.out.attributes).toMatchObject({ transA: true, transB: false })
  })

  it('finds nothing more to do in its own result', () => {
    const { stepGraph } = exampleStep({ pixels: 12, factors: 8, mappings: 5, batch: 4, images: 6 })
    const once = simplify(stepGraph.graph)
    expect(operations(simplify(once)).length).toBe(operations(once).length)
  })

  it('leaves the names and the graph that it was given as they were', () => {
    const given = graph({ y: mul(x, 1), z: add(x, 0) })
    const before = given.outputs.y
    expect(Object.keys(simplify(given).outputs)).toEqual(['y', 'z'])
    expect(given.outputs.y).toBe(before)
  })
})
