import { describe, expect, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import type { Tensors } from '../../../src/main/compute/backend'
import { gradients } from '../../../src/main/compute/gradient'
import { graph, input } from '../../../src/main/compute/graph'
import type { Node } from '../../../src/main/compute/graph'
import * as ops from '../../../src/main/compute/ops'
import { cast, gatherRows, mul, sum } from '../../../src/main/compute/ops'
import { int32, uint8 } from '../../../src/main/compute/tensor'
import { operationCases } from '../../support/operationCases'
import type { OperationCase } from '../../support/operationCases'
import { listOf, randomTensor, relativeError } from '../../support/tensors'

const reference = await openBackend({ engine: 'reference', device: 'cpu', threads: 1 })

async function evaluate(outputs: Record<string, Node>, inputs: Tensors) {
  const executable = await reference.compile(graph(outputs))
  return executable.run(inputs)
}

/** A scalar that depends on every element of a value in its own way. */
const weighted = (value: Node, name: string) => sum(mul(value, input(name, value.shape)))

function prepare({ shapes, build, range, kink }: OperationCase) {
  const inputs = shapes.map((shape, i) => input(`x${i}`, shape))
  const output = build(...inputs)
  const feeds: Record<string, ReturnType<typeof randomTensor>> = { weights: randomTensor(output.shape, 99) }
  shapes.forEach((shape, i) => (feeds[`x${i}`] = randomTensor(shape, i, range && [...range], kink)))
  return { inputs, loss: weighted(output, 'weights'), feeds }
}

/** Central differences of a scalar by each element of each input. */
async function differences(loss: Node, inputs: readonly Node[], feeds: Tensors): Promise<number[][]> {
  const executable = await reference.compile(graph({ loss }))
  const h = 1e-5
  const at = async (name: string, i: number, change: number) => {
    const data = Float64Array.from(feeds[name].data)
    data[i] += change
    const { loss } = await executable.run({ ...feeds, [name]: { dtype: 'float64', shape: feeds[name].shape, data } })
    return loss.data[0]
  }
  return Promise.all(
    inputs.map(({ attributes }) => {
      const name = attributes.name as string
      const slopes = listOf(feeds[name]).map(
        async (_, i) => ((await at(name, i, h)) - (await at(name, i, -h))) / (2 * h),
      )
      return Promise.all(slopes)
    }),
  )
}

async function expectGradient(loss: Node, inputs: readonly Node[], feeds: Tensors) {
  const found = gradients(loss, inputs)
  const expected = await differences(loss, inputs, feeds)
  const named = Object.fromEntries(found.map((node, i) => [`g${i}`, node]))
  const values = await evaluate(named, feeds)
  found.forEach((node, i) => {
    expect(node.shape).toEqual(inputs[i].shape)
    const differs = relativeError(listOf(values[`g${i}`]), expected[i])
    // Where the derivative is 0 everywhere, differences leave their own rounding.
    if (expected[i].some((slope) => Math.abs(slope) > 1e-6)) expect(differs).toBeLessThan(1e-6)
    else expect(Math.max(...listOf(values[`g${i}`]).map(Math.abs))).toBeLessThan(1e-6)
  })
}

describe.each(operationCases)('$name', (operation) => {
  it('has the gradient that finite differences find', async () => {
    const { inputs, loss, feeds } = prepare(operation)
    await expectGradient(loss, inputs, feeds)
  })
})

describe.each(operationCases.filter(({ kink }) => kink === undefined))('$name', (operation) => {
  it('has the second derivatives that finite differences find', async () => {
    const { inputs, loss, feeds } = prepare(operation)
    const terms = gradients(loss, inputs).map((g, i) => weighted(g, `second${i}`))
    const more = Object.fromEntries(inputs.map(({ shape }, i) => [`second${i}`, randomTensor(shape, 50 + i)]))
    await expectGradient(
      terms.reduce((total, term) => ops.add(total, term)),
      inputs,
      { ...feeds, ...more },
    )
  })
})

describe('operations', () => {
  it('are all among the cases', () => {
    const tried = new Set(operationCases.map(({ name }) => name.split(',')[0]))
    const elsewhere = ['cast', 'gatherRows']
    expect(Object.keys(ops).filter((name) => !tried.has(name) && !elsewhere.includes(name))).toEqual([])
  })

  it('take rows of data by index', async () => {
    const rows = gatherRows(input('data', [3, 2]), input('index', [4], 'int32'))
    const { out } = await evaluate(
      { out: rows },
      { data: randomTensor([3, 2], 1), index: int32(Int32Array.of(2, 0, 2, 1), [4]) },
    )
    const data = listOf(randomTensor([3, 2], 1))
    expect(listOf(out)).toEqual([2, 0, 2, 1].flatMap((row) => data.slice(2 * row, 2 * row + 2)))
  })

  it('refuse a row that the data does not have', async () => {
    const rows = gatherRows(input('data', [3, 2]), input('index', [1], 'int32'))
    const feeds = { data: randomTensor([3, 2], 1), index: int32(Int32Array.of(3), [1]) }
    await expect(async () => evaluate({ out: rows }, feeds)).rejects.toThrow('row 3 of [3, 2]')
  })

  it('turn flags into numbers', async () => {
    const { out } = await evaluate(
      { out: cast(input('flags', [3], 'uint8')) },
      { flags: uint8(Uint8Array.of(1, 0, 255), [3]) },
    )
    expect(listOf(out)).toEqual([1, 0, 255])
  })

  it('keep softplus, log cosh and log-sum-exp exact for large arguments', async () => {
    const x = input('x', [4])
    const { soft, hard, total } = await evaluate(
      { soft: ops.softplus(x), hard: ops.logcosh(x), total: ops.logSumExp(x, 0) },
      { x: { dtype: 'float64', shape: [4], data: Float64Array.of(-1000, -40, 40, 1000) } },
    )
    expect(listOf(soft)).toEqual([0, Math.log1p(Math.exp(-40)), 40 + Math.log1p(Math.exp(-40)), 1000])
    expect(listOf(hard)).toEqual([1000 - Math.LN2, 40 - Math.LN2, 40 - Math.LN2, 1000 - Math.LN2])
    expect(listOf(total)).toEqual([1000])
  })

  it('refuse shapes and types that do not fit', () => {
    const [x, y] = [input('x', [2, 3]), input('y', [2, 4])]
    expect(() => ops.add(x, y)).toThrow('[2, 3] and [2, 4] do not broadcast')
    expect(() => ops.matmul(x, y)).toThrow('[2, 3] and [2, 4] do not fit')
    expect(() => ops.reshape(x, [4])).toThrow('[2, 3] to [4]')
    expect(() => ops.slice(x, 1, 2, 4)).toThrow('2 to 4 of axis 1')
    expect(() => ops.concat([x, y], 0)).toThrow('along axis 0')
    expect(() => ops.sum(x, 2)).toThrow('of 2 axes')
    expect(() => ops.broadcastTo(x, [3, 2])).toThrow('do not broadcast')
    expect(() => ops.transpose(input('v', [3]))).toThrow('no matrix')
    expect(() => ops.exp(input('u', [3], 'uint8'))).toThrow('input 0 is uint8, not float32')
  })
})
