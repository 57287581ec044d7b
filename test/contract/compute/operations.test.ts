import { describe, expect, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import { gradients } from '../../../src/main/compute/gradient'
import { graph, input } from '../../../src/main/compute/graph'
import type { Node } from '../../../src/main/compute/graph'
import { cast, gatherRows, logcosh, logSumExp, mul, softplus, sum } from '../../../src/main/compute/ops'
import { float32, int32, uint8 } from '../../../src/main/compute/tensor'
import type { Tensors } from '../../../src/main/compute/tensor'
import { operationCases } from '../../support/operationCases'
import { listOf, randomTensor, relativeError } from '../../support/tensors'

const backends = await Promise.all(
  ['onnx', 'tfjs', 'reference'].map((engine) => openBackend({ engine, device: 'cpu', threads: 1 })),
)

/** Runs a graph on all engines and expects one result. */
async function expectAgreement(outputs: Record<string, Node>, feeds: Tensors) {
  const [onnx, tfjs, reference] = await Promise.all(
    backends.map(async (backend) => {
      const executable = await backend.compile(graph(outputs))
      const results = await executable.run(feeds)
      await executable.dispose()
      return results
    }),
  )
  for (const [name, node] of Object.entries(outputs)) {
    for (const results of [onnx, tfjs]) {
      expect(results[name].dtype).toBe('float32')
      expect(results[name].shape).toEqual(node.shape)
      expect(relativeError(listOf(results[name]), listOf(reference[name]))).toBeLessThan(2e-6)
    }
  }
  return onnx
}

describe('onnxruntime and tfjs agree with the float64 reference', () => {
  it.each(operationCases)('$name and its gradient', async ({ shapes, build, range, kink }) => {
    const inputs = shapes.map((shape, i) => input(`x${i}`, shape))
    const value = build(...inputs)
    const loss = sum(mul(value, input('weights', value.shape)))
    const parts = gradients(loss, inputs).map((g, i) => [`g${i}`, g])
    const feeds = Object.fromEntries(
      shapes.map((shape, i) => [`x${i}`, randomTensor(shape, i, range && [...range], kink)]),
    )
    await expectAgreement(
      { value, loss, ...(Object.fromEntries(parts) as Record<string, Node>) },
      { ...feeds, weights: randomTensor(value.shape, 99) },
    )
  })

  it('rows by index and flags as numbers', async () => {
    const rows = gatherRows(input('data', [5, 3]), input('index', [2], 'int32'))
    const { out } = await expectAgreement(
      { out: mul(rows, cast(input('flags', [2, 3], 'uint8'))) },
      {
        data: randomTensor([5, 3], 1),
        index: int32(Int32Array.of(4, 0), [2]),
        flags: uint8(Uint8Array.of(1, 0, 1, 0, 1, 1), [2, 3]),
      },
    )
    expect(listOf(out)[1]).toBeCloseTo(0, 12)
  })

  it('softplus, log cosh and log-sum-exp of large arguments', async () => {
    const x = input('x', [5])
    const feeds = { x: float32(Float32Array.of(-1000, -40, 0, 40, 1000), [5]) }
    const { soft } = await expectAgreement({ soft: softplus(x), hard: logcosh(x), total: logSumExp(x, 0) }, feeds)
    expect(listOf(soft)[4]).toBe(1000)
  })

  it('an input, a number and one value twice as results', async () => {
    const x = input('x', [2])
    const twice = mul(x, 2)
    await expectAgreement({ x, twice, again: twice, one: sum(mul(x, 0)) }, { x: randomTensor([2], 1) })
  })
})

describe.each(backends)('$engine', (backend) => {
  it('leaves the arrays that it is given as they were', async () => {
    const x = randomTensor([3, 4], 1)
    const before = listOf(x)
    const executable = await backend.compile(graph({ y: mul(input('x', [3, 4]), 3) }))
    await executable.run({ x })
    expect(listOf(x)).toEqual(before)
  })

  it('refuses inputs that are missing or do not fit', async () => {
    const executable = await backend.compile(graph({ y: mul(input('x', [2]), 3) }))
    await expect(async () => executable.run({})).rejects.toThrow('input x is missing')
    await expect(async () => executable.run({ x: randomTensor([3], 1) })).rejects.toThrow('not float32 [2]')
    await expect(async () => executable.run({ x: uint8(new Uint8Array(2), [2]) })).rejects.toThrow('input x is uint8')
  })

  it('gives back an input that nothing is done to', async () => {
    const executable = await backend.compile(graph({ y: mul(mul(input('x', [2]), 1), 1) }))
    const { y } = await executable.run({ x: float32(Float32Array.of(3, 4), [2]) })
    expect(listOf(y)).toEqual([3, 4])
  })
})
