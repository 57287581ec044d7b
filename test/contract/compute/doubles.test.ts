import { describe, expect, it } from 'vitest'
import { gradients } from '../../../src/main/compute/gradient'
import { graph, input, type Node } from '../../../src/main/compute/graph'
import { mul, sum } from '../../../src/main/compute/ops'
import { gemm } from '../../../src/main/compute/ops/matmul'
import { openDoubles } from '../../../src/main/compute/onnx/doubles'
import { referenceBackend } from '../../../src/main/compute/reference/backend'
import { expectClose } from '../../support/close'
import { fieldModel, movingWidth, randomArrays, randomPoint } from '../../support/fieldModel'
import { operationCases } from '../../support/operationCases'
import { smallDescription } from '../../support/randomModel'
import { listOf, randomTensor } from '../../support/tensors'

const doubles = openDoubles(1)
/** Without the one whose factors float32 rounds. */
const exactCases = operationCases.filter(({ name }) => name !== 'gemm, matrix added')

describe('onnxruntime in float64 agrees with the reference', () => {
  it.each(exactCases)('$name and its gradient', async ({ shapes, build, range, kink }) => {
    const inputs = shapes.map((shape, i) => input(`x${i}`, shape))
    const value = build(...inputs)
    const parts = gradients(sum(mul(value, input('weights', value.shape))), inputs).map((g, i) => [`g${i}`, g])
    const outputs = { value, ...(Object.fromEntries(parts) as Record<string, Node>) }
    const drawn = shapes.map((shape, i) => [`x${i}`, randomTensor(shape, i, range && [...range], kink)])
    const feeds = { ...Object.fromEntries(drawn), weights: randomTensor(value.shape, 99) }
    const [found, expected] = await Promise.all(
      [doubles, referenceBackend].map(async (engine) => {
        const executable = await engine.compile(graph(outputs))
        const results = await executable.run(feeds)
        await executable.dispose()
        return results
      }),
    )
    for (const name of Object.keys(outputs)) {
      expect(found![name]!.dtype).toBe('float64')
      expectClose(listOf(found![name]!), listOf(expected![name]!), 1e-13, name)
    }
  })

  it.each(['ae', 'cae', 'mcae', 'gae'] as const)('on the field of a %s, for every activation', async (kind) => {
    for (const activation of ['sigmoid', 'tanh', 'relu', 'linear'] as const) {
      for (const visible of ['gaussian', 'bernoulli'] as const) {
        const description = smallDescription(kind, activation, { visible })
        const source = {
          description,
          weights: randomArrays(description, 81),
          slots: 'fixed',
          x: randomPoint(description.inputs, 82),
        } as const
        const start = randomPoint(movingWidth(description), 83).map((value) => 0.5 + 0.1 * Math.tanh(value))
        const [one, other] = [fieldModel(source, doubles), fieldModel(source)]
        const [found, expected] = [await one.at(start), await other.at(start)]
        expectClose(found.force, expected.force, 1e-13)
        expectClose(found.energy, expected.energy, 1e-13)
        expectClose(await one.jacobian(start), await other.jacobian(start), 1e-12)
      }
    }
  })

  it('and refuses a factor that the format would round to float32', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => input(name, [2, 2]))
    const rounded = gemm(a!, b!, c!, { transA: false, transB: false, alpha: 1, beta: 0.9 })
    await expect(doubles.compile(graph({ rounded }))).rejects.toMatchObject({ code: 'GRAPH' })
  })
})
