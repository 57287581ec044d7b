import type { Backend } from '../../src/main/compute/backend'
import { gradients } from '../../src/main/compute/gradient'
import { graph, input, inputName, type Node } from '../../src/main/compute/graph'
import { slice, sub, sum } from '../../src/main/compute/ops'
import { float32, type Tensor } from '../../src/main/compute/tensor'
import { scoreOutputs } from '../../src/main/analysis/scoreGraph'
import { batchMean, reconstructionLoss } from '../../src/main/models/loss'
import { weightTensors } from '../../src/main/models/batchedGraph'
import { weightInputs } from '../../src/main/models/parameters'
import type { Vector } from './vectors'

/** What the documents of the test vectors call the results of a score graph. */
const documentNames = {
  mapping: 'mapping',
  hidden: 'hidden',
  reconstructionX: 'r',
  conditional: 'energy',
  diagonal: 'energy_diagonal',
} as const
const pairNames = {
  mapping: 'mapping',
  reconstructionX: 'r_x',
  reconstructionY: 'r_y',
  yGivenX: 'energy_y_given_x',
  xGivenY: 'energy_x_given_y',
} as const

type Values = Record<string, Float32Array | Float64Array>

/**
 * Everything that a vector's document has, computed by a back end: scores; the field as the gradient of the energy, and
 * its Jacobian as the gradient of that; the loss and its gradients.
 */
export async function vectorOutputs(backend: Backend, { model, n, x, y }: Vector): Promise<Values> {
  const { description } = model
  const isPair = description.targets !== null
  const scores = scoreOutputs(description, n)
  const outputs: Record<string, Node> = {}
  for (const [name, key] of Object.entries(isPair ? pairNames : documentNames)) {
    const node = scores[name as keyof typeof scores]
    if (node !== undefined) outputs[key] = node
  }
  const moving = isPair ? 'y' : 'x'
  const all = graph(
    Object.fromEntries(Object.entries(scores).filter(([, node]) => node !== undefined)) as Record<string, Node>,
  )
  const named = (name: string): Node => all.inputs.find((node) => inputName(node) === name)!
  const seen = named(moving)
  const energy = (isPair ? scores.yGivenX : scores.diagonal)!
  const [field] = gradients(sum(energy), [seen])
  outputs.field = field!
  const pixels = seen.shape[1]!
  for (let pixel = 0; pixel < pixels; pixel++) {
    outputs[`jacobian ${pixel}`] = gradients(sum(slice(field!, 1, pixel, pixel + 1)), [seen])[0]!
  }
  const weights = weightInputs(description)
  const image = (name: string, width: number) => ({ seen: input(name, [n, width]), clean: input(name, [n, width]) })
  const batch = { x: image('x', description.inputs), y: isPair ? image('y', description.targets!) : null }
  outputs.loss = batchMean(reconstructionLoss(description, weights, batch, 'y|x'))
  const slopes = gradients(outputs.loss, Object.values(weights))
  Object.keys(weights).forEach((name, at) => (outputs[`grad_${name}`] = slopes[at]!))
  outputs['r - input'] = sub((isPair ? scores.reconstructionY : scores.reconstructionX)!, seen)

  const built = graph(outputs)
  const feeds: Record<string, Tensor> = { ...weightTensors(model.weights), x: float32(x, [n, description.inputs]) }
  if (y !== null) feeds.y = float32(y, [n, pixels])
  const executable = await backend.compile(built)
  const results = await executable.run(feeds)
  await executable.dispose()
  const values = Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data])) as Values
  return { ...values, jacobian: jacobianOf(values, n, pixels) }
}

/** [N, D, D] out of one [N, D] for each component of the field. */
function jacobianOf(values: Values, n: number, pixels: number): Float64Array {
  const jacobian = new Float64Array(n * pixels * pixels)
  for (let row = 0; row < n; row++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const part = values[`jacobian ${pixel}`]!.subarray(row * pixels, (row + 1) * pixels)
      jacobian.set(part, (row * pixels + pixel) * pixels)
    }
  }
  return jacobian
}
