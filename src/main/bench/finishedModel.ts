import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dataset } from '../../shared/datasets'
import type { GenerateRequest } from '../../shared/generators'
import type { ModelDescription } from '../../shared/model'
import { preprocessSchema, runSpecSchema, type ModelSpec } from '../../shared/spec/schema'
import { launchNodeChild } from '../children/nodeChild'
import { describeModel } from '../models/describe'
import { initialWeights } from '../models/initialise'
import { openStore, type Store } from '../store/store'
import { writeCheckpoint } from '../saved/checkpoint'
import { AnalystClient } from '../workbench/analystClient'
import { DatasetSamples } from '../workbench/datasetSamples'
import { DatasetService } from '../workbench/datasets'
import { EventBus } from '../workbench/events'
import { importedFrames } from '../workbench/importedFrames'
import { ImageService } from '../workbench/images'
import { PairService } from '../workbench/pairs'

/** A workbench of its own with one finished run, whose weights are those of its start: what counts here is their size. */
export interface FinishedModel {
  /** The run's id. */
  run: string
  description: ModelDescription
  store: Store
  analyst: AnalystClient
  images: ImageService
  pairs: PairService
  close(): Promise<void>
}

/**
 * @param childFolder where the built programs lie
 * @param data generated anew: the run's dataset
 */
export async function openFinishedModel(
  childFolder: string,
  data: GenerateRequest,
  model: Partial<ModelSpec> & Pick<ModelSpec, 'kind'>,
): Promise<FinishedModel> {
  const folder = await mkdtemp(join(tmpdir(), 'gae-bench-'))
  const store = await openStore(folder)
  const close = async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const analyst = new AnalystClient(launchNodeChild(childFolder))
    const greyFrames = importedFrames(analyst)
    const dataset = await new DatasetService({ store, events: new EventBus(), greyFrames }).generate(data)
    const { run, description } = await finishedRun(store, dataset, model)
    const images = new ImageService({ store, analyst })
    const pairs = new PairService({ store, analyst, images, samples: new DatasetSamples(store) })
    const stop = () => (analyst.stop(), close())
    return { run, description, store, analyst, images, pairs, close: stop }
  } catch (error) {
    await close()
    throw error
  }
}

const pixels = ([height, width]: readonly [number, number]): number => height * width

async function finishedRun(store: Store, dataset: Dataset, model: Partial<ModelSpec> & Pick<ModelSpec, 'kind'>) {
  const spec = runSpecSchema.parse({ model, dataset: dataset.name })
  const { shape, targetShape } = dataset
  const description = describeModel(spec.model, pixels(shape), targetShape === null ? null : pixels(targetShape))
  const [meanX, meanY] = [new Float32Array(pixels(shape)), targetShape && new Float32Array(pixels(targetShape))]
  const weights = initialWeights(description, { ...spec.model, meanX, meanY }, 1, 1)
  const saved = {
    ...{ description, classes: null, energy: 'conditional' as const, preprocess: preprocessSchema.parse({}) },
    ...{ weights, coefficients: null, otherCoefficients: null, centre: null, whitening: null },
  }
  const file = await writeCheckpoint(store.paths.checkpoints, { model: saved, training: null, carried: {}, spec: null })
  const { id } = await store.runs.create({ name: 'bench', spec, dataset, requestedDevice: 'auto', status: 'done' })
  await store.checkpoints.adopt(id, 0, { ...file, phase: 'pretrain', class: null, epoch: 0, final: true })
  return { run: id, description }
}
