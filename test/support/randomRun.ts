import { gaussians } from '../../src/main/compute/random'
import { sizeOf } from '../../src/main/compute/shapes'
import { parameterShapes } from '../../src/main/models/parameters'
import type { SavedModel } from '../../src/main/saved/savedModel'
import type { Store } from '../../src/main/store/store'
import { writeCheckpoint } from '../../src/main/saved/checkpoint'
import type { Dataset } from '../../src/shared/datasets'
import type { ModelDescription } from '../../src/shared/model'
import type { RunSummary } from '../../src/shared/runs'
import { preprocessSchema, runSpecSchema } from '../../src/shared/spec/schema'
import type { WeightArrays } from '../../src/main/models/weightArray'

const base = { activation: 'sigmoid', visible: 'gaussian', decoder: 'tied' } as const

/** A gated auto-encoder of pairs of so many pixels each. */
export const gaeOf = (pixels: number): ModelDescription => ({
  ...base,
  kind: 'gae',
  tied: false,
  inputs: pixels,
  targets: pixels,
  hidden: null,
  factors: 20,
  mappings: 10,
})

/** A mean-covariance auto-encoder of images of so many pixels. */
export const mcaeOf = (pixels: number): ModelDescription => ({
  ...base,
  kind: 'mcae',
  tied: true,
  inputs: pixels,
  targets: null,
  hidden: 12,
  factors: 12,
  mappings: 6,
})

/** A model of random weights, N(0, 0.1²); a classifier's have a leading class axis. */
export function randomModel(description: ModelDescription, classes: number | null = null, seed = 1): SavedModel {
  const leading = classes === null ? [] : [classes]
  const entries = Object.entries(parameterShapes(description)).map(([name, own], index) => {
    const shape = [...leading, ...own]
    const data = Float32Array.from(gaussians(seed, 1, index, sizeOf(shape)), (value) => 0.1 * value)
    return [name, { shape, data }]
  })
  const ones = (n: number) => new Float32Array(n).fill(1)
  return {
    description,
    classes,
    energy: 'conditional',
    preprocess: preprocessSchema.parse({}),
    weights: Object.fromEntries(entries) as WeightArrays,
    coefficients:
      classes === null
        ? null
        : { B: new Float32Array(classes), aM: ones(classes), aC: ones(classes), aB: ones(classes) },
    otherCoefficients: null,
    centre: null,
    whitening: null,
  }
}

/** A finished run that holds the model, as if it had been trained on the dataset. */
export async function finishedRun(
  store: Store,
  name: string,
  model: SavedModel,
  dataset: Dataset | null,
): Promise<RunSummary> {
  const written = await writeCheckpoint(store.paths.checkpoints, { model, training: null, carried: {}, spec: null })
  const spec = runSpecSchema.parse({
    model: { kind: model.description.kind },
    dataset: dataset?.name ?? 'elsewhere',
    ...(model.classes === null ? {} : { classifier: {} }),
  })
  const run = await store.runs.create({ name, spec, dataset, requestedDevice: 'auto', status: 'done' })
  const phase = model.classes === null ? 'pretrain' : 'fit'
  await store.checkpoints.adopt(run.id, 0, { ...written, phase, class: null, epoch: 0, final: true })
  return run
}
