import { describe, expect, it } from 'vitest'
import { gradients } from '../../../src/main/compute/gradient'
import { input, type Node } from '../../../src/main/compute/graph'
import { concat, sum } from '../../../src/main/compute/ops'
import { float64, type Tensor, type Tensors } from '../../../src/main/compute/tensor'
import { contraction } from '../../../src/main/models/contract'
import { movingImages } from '../../../src/main/models/contraction'
import { weightInputs } from '../../../src/main/models/parameters'
import { directionsOf } from '../../../src/main/training/steps/directions'
import type { ModelDescription } from '../../../src/shared/model'
import { expectClose } from '../../support/close'
import { randomImages, randomWeights, smallDescription } from '../../support/randomModel'
import { valuesOf } from '../../support/reference'
import { imageModel } from '../../../src/main/models/forward'
import { pairModel } from '../../support/pairModel'

const activations = ['sigmoid', 'tanh', 'relu', 'linear'] as const
const objectives = ['y|x', 'x|y', 'both'] as const
type Objective = (typeof objectives)[number]
const batch = 3
const delta = 1e-5

const cases = activations.flatMap((activation) => [
  ...(['ae', 'cae', 'mcae'] as const).map((kind) => ({ kind, activation, objective: 'y|x' as Objective })),
  ...objectives.map((objective) => ({ kind: 'gae' as const, activation, objective })),
])

/** x [n, 7], y [n, 6] of a gae. */
const imageInputs = ({ inputs, targets }: ModelDescription, n = batch) => ({
  x: input('x', [n, inputs]),
  y: targets === null ? null : input('y', [n, targets]),
})

const feedsOf = (description: ModelDescription, n = batch, weightSeed = 40): Record<string, Tensor> => ({
  ...randomWeights(description, weightSeed),
  x: randomImages(n, description.inputs, 41),
  ...(description.targets === null ? {} : { y: randomImages(n, description.targets, 42) }),
})

/** Hidden and mapping units of a model, side by side. @returns [n, H + K] */
function unitsOf(description: ModelDescription, n = batch): Node {
  const w = weightInputs(description)
  const { x, y } = imageInputs(description, n)
  if (y !== null) return pairModel(description, w, x, y).mapping!
  const { hidden, mapping } = imageModel(description, w, x)
  return concat(
    [hidden, mapping].filter((units) => units !== null),
    1,
  )
}

const moved = (tensor: Tensor, pixel: number, by: number): Tensor => {
  const [rows, pixels] = tensor.shape as [number, number]
  const data = Float64Array.from(tensor.data)
  for (let row = 0; row < rows; row++) data[row * pixels + pixel]! += by
  return float64(data, tensor.shape)
}

/** ‖∂h/∂image‖² of each row, every entry of the Jacobian by a central difference. */
async function squaredJacobian(description: ModelDescription, feeds: Tensors, image: 'x' | 'y'): Promise<number[]> {
  const units = unitsOf(description)
  const totals = new Array<number>(batch).fill(0)
  for (let pixel = 0; pixel < feeds[image]!.shape[1]!; pixel++) {
    const at = async (by: number) => {
      const { h } = await valuesOf({ h: units }, { ...feeds, [image]: moved(feeds[image]!, pixel, by) })
      return h!
    }
    const [after, before] = [await at(delta), await at(-delta)]
    const width = after.length / batch
    after.forEach((value, i) => (totals[Math.floor(i / width)]! += ((value - before[i]!) / (2 * delta)) ** 2))
  }
  return totals
}

const exactOf = (description: ModelDescription, objective: Objective, n = batch): Node =>
  contraction(description, weightInputs(description), imageInputs(description, n), objective, null)

describe('the contraction', () => {
  it.each(cases)(
    'of $kind, $activation, $objective is the norm of the Jacobian',
    async ({ kind, activation, objective }) => {
      const description = smallDescription(kind, activation)
      const feeds = feedsOf(description)
      const { exact } = await valuesOf({ exact: exactOf(description, objective) }, feeds)
      const moving = movingImages(description, objective)
      const expected = new Array<number>(batch).fill(0)
      for (const image of ['x', 'y'] as const) {
        if (!moving[image]) continue
        const part = await squaredJacobian(description, feeds, image)
        part.forEach((value, row) => (expected[row]! += value))
      }
      expect(Math.max(...expected)).toBeGreaterThan(0)
      expectClose(exact, expected, 1e-7)
    },
  )

  it.each(['cae', 'gae'] as const)('of a %s is the same with more factors than pixels', async (kind) => {
    const description = { ...smallDescription(kind), factors: 9 }
    const feeds = feedsOf(description)
    const { exact } = await valuesOf({ exact: exactOf(description, 'y|x') }, feeds)
    expectClose(exact, await squaredJacobian(description, feeds, kind === 'gae' ? 'y' : 'x'), 1e-7)
  })

  it('of a gae with tied factors reads W_F on both sides', async () => {
    const description: ModelDescription = { ...smallDescription('gae'), tied: true, targets: 7 }
    const feeds = feedsOf(description)
    const { exact } = await valuesOf({ exact: exactOf(description, 'x|y') }, feeds)
    expectClose(exact, await squaredJacobian(description, feeds, 'x'), 1e-7)
  })

  it.each(cases)(
    'of $kind, $activation, $objective has the right gradients',
    async ({ kind, activation, objective }) => {
      const description = smallDescription(kind, activation)
      const feeds = feedsOf(description)
      const w = weightInputs(description)
      const total = sum(contraction(description, w, imageInputs(description), objective, null))
      const found = await valuesOf(
        Object.fromEntries(Object.keys(w).map((name, at) => [name, gradients(total, Object.values(w))[at]!])),
        feeds,
      )
      for (const [name, slopes] of Object.entries(found)) {
        const { shape, data } = feeds[name]!
        const differences = await Promise.all(
          Array.from(data, async (_, at) => {
            const value = async (by: number) => {
              const changed = Float64Array.from(data)
              changed[at]! += by
              return (await valuesOf({ total }, { ...feeds, [name]: float64(changed, shape) })).total![0]!
            }
            return ((await value(delta)) - (await value(-delta))) / (2 * delta)
          }),
        )
        expectClose(slopes, differences, 1e-6, name)
      }
    },
  )
})

describe('the sampled contraction', () => {
  it.each(cases)('of $kind, $activation, $objective: all axes together give the exact one', async (one) => {
    const description = smallDescription(one.kind, one.activation)
    const feeds = feedsOf(description)
    const moving = movingImages(description, one.objective)
    const mean = new Array<number>(batch).fill(0)
    const estimate = contraction(
      description,
      weightInputs(description),
      imageInputs(description),
      one.objective,
      directionsOf(description, one.objective, batch).nodes,
    )
    for (const image of ['x', 'y'] as const) {
      if (!moving[image]) continue
      const pixels = feeds[image]!.shape[1]!
      for (let axis = 0; axis < pixels; axis++) {
        const zero = (name: 'x' | 'y') => {
          const width = feeds[name]?.shape[1] ?? 0
          return float64(new Float64Array(batch * width), [batch, width])
        }
        const directions = { contractX: zero('x'), contractY: zero('y') }
        directions[image === 'x' ? 'contractX' : 'contractY'] = moved(zero(image), axis, 1)
        const { part } = await valuesOf({ part: estimate }, { ...feeds, ...directions })
        part!.forEach((value, row) => (mean[row]! += value))
      }
    }
    const { exact } = await valuesOf({ exact: exactOf(description, one.objective) }, feeds)
    expectClose(mean, exact!, 1e-12)
  })

  it.each(['ae', 'cae', 'mcae', 'gae'] as const)('of %s is unbiased over random directions', async (kind) => {
    const rows = 20_000
    const description = smallDescription(kind)
    const { nodes, draws } = directionsOf(description, 'both', rows)
    const one = feedsOf(description, 1)
    const repeated = ({ data, shape }: Tensor) =>
      float64(
        Float64Array.from({ length: rows * shape[1]! }, (_, at) => data[at % data.length]!),
        [rows, shape[1]!],
      )
    const feeds = { ...one, x: repeated(one.x!), ...(one.y === undefined ? {} : { y: repeated(one.y) }) }
    const directions = draws.map(({ purpose, tensor }, at) => {
      const drawn = tensor(1, at, 0, 1)
      return [purpose, { ...drawn, shape: drawn.shape.slice(1) }]
    })
    const { estimates } = await valuesOf(
      {
        estimates: contraction(description, weightInputs(description), imageInputs(description, rows), 'both', nodes),
      },
      { ...feeds, ...(Object.fromEntries(directions) as Tensors) },
    )
    const { exact } = await valuesOf({ exact: exactOf(description, 'both', 1) }, one)
    const mean = estimates!.reduce((total, value) => total + value, 0) / rows
    const variance = estimates!.reduce((total, value) => total + (value - mean) ** 2, 0) / rows
    expect(variance).toBeGreaterThan(0)
    expect(Math.abs(mean - exact![0]!)).toBeLessThan(4 * Math.sqrt(variance / rows))
  })
})
