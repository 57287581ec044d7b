import { describe, expect, it } from 'vitest'
import { scoreOutputs } from '../../../src/main/analysis/scoreGraph'
import { gradients } from '../../../src/main/compute/gradient'
import { graph, input, type Graph, type Node } from '../../../src/main/compute/graph'
import { float32, type Tensor, type Tensors } from '../../../src/main/compute/tensor'
import { batchMean, reconstructionLoss } from '../../../src/main/models/loss'
import { weightInputs } from '../../../src/main/models/parameters'
import type { ModelDescription } from '../../../src/shared/model'
import { kindNames, type ModelKind } from '../../../src/shared/kinds'
import { activationSchema, decoderSchema, objectiveSchema, visibleSchema } from '../../../src/shared/kinds/keys'
import type { ModelSettings } from '../../../src/shared/spec/schema'
import { expectClose } from '../../support/close'
import { engines, openEngine } from '../../support/engines'
import { randomPixels, randomWeights, smallDescription } from '../../support/randomModel'

type Choice = Required<Pick<ModelSettings, 'visible' | 'decoder' | 'tied' | 'objective' | 'activation'>> & {
  kind: ModelKind
}

/** Every list with each value of another one added. */
const times = <Key extends string, Value>(
  choices: readonly object[],
  key: Key,
  values: (choice: Partial<Choice>) => readonly Value[],
) => choices.flatMap((choice) => values(choice as Partial<Choice>).map((value) => ({ ...choice, [key]: value })))

/** Every model that a spec can say; what pairs alone have is varied for pairs alone. */
function everyChoice(): Choice[] {
  let choices: object[] = kindNames.map((kind) => ({ kind }))
  choices = times(choices, 'visible', () => visibleSchema.options)
  choices = times(choices, 'decoder', () => decoderSchema.options)
  choices = times(choices, 'activation', () => activationSchema.options)
  choices = times(choices, 'tied', ({ kind }) => (kind === 'gae' ? [false, true] : [true]))
  choices = times(choices, 'objective', ({ kind }) => (kind === 'gae' ? objectiveSchema.options : ['y|x']))
  return choices as Choice[]
}

const batch = 3

/** The loss, its gradients by all weights, and everything that is scored. */
function outputsOf(description: ModelDescription, objectiveOf: Choice['objective']): Graph {
  const weights = weightInputs(description)
  const image = (name: string, pixels: number) => {
    const clean = input(name, [batch, pixels])
    return { clean, seen: clean }
  }
  const { inputs, targets } = description
  const images = { x: image('x', inputs), y: targets === null ? null : image('y', targets) }
  const loss = batchMean(reconstructionLoss(description, weights, images, objectiveOf))
  const slopes = gradients(loss, Object.values(weights))
  const named = Object.keys(weights).map((name, at): [string, Node] => [`gradient ${name}`, slopes[at]!])
  const scores = Object.entries(scoreOutputs(description, batch)).filter((entry): entry is [string, Node] => {
    return entry[1] !== undefined
  })
  return graph({ loss, ...Object.fromEntries(named), ...Object.fromEntries(scores) })
}

const singles = (tensors: Tensors): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { data, shape }]) => [name, float32(Float32Array.from(data), shape)]),
  )

async function valuesOn(engine: Parameters<typeof openEngine>[0], built: Graph, feeds: Tensors): Promise<Tensors> {
  const executable = await (await openEngine(engine)).compile(built)
  const values = await executable.run(feeds)
  await executable.dispose()
  return values
}

describe.each(engines)('every model on %s is what float64 computes: loss, gradients, scores', (engine) => {
  it.each(everyChoice())('$kind, $visible, $activation, decoder $decoder, tied $tied, $objective', async (choice) => {
    const { kind, activation, visible, decoder, tied } = choice
    const description = smallDescription(kind, activation, { visible, decoder, tied })
    const feeds = {
      ...randomWeights(description, 1),
      x: randomPixels(batch, description.inputs, 2),
      ...(description.targets === null ? {} : { y: randomPixels(batch, description.targets, 3) }),
    }
    const built = outputsOf(description, choice.objective)
    const expected = await valuesOn('reference', built, feeds)
    const found = await valuesOn(engine, built, singles(feeds))
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort())
    for (const [name, { data }] of Object.entries(expected)) expectClose(found[name]!.data, data, 1e-5, name)
  })
})
