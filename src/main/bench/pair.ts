import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Transformer } from '@napi-rs/image'
import { preprocessSchema, runSpecSchema } from '../../shared/spec'
import { defaultViewOptions } from '../../shared/views'
import { launchNodeChild } from '../children/nodeChild'
import { openBackend } from '../compute/backend'
import { describeModel } from '../models/describe'
import { initialWeights } from '../models/initialise'
import { openStore, type Store } from '../store/store'
import { writeCheckpoint } from '../training/checkpoint'
import { AnalystClient } from '../workbench/analystClient'
import { DatasetSamples } from '../workbench/datasetSamples'
import { DatasetService } from '../workbench/datasets'
import { EventBus } from '../workbench/events'
import { ImageService } from '../workbench/images'
import { PairService } from '../workbench/pairs'
import { PairProducts } from './pairProducts'
import { median, rowOf, type BenchmarkResult } from './row'

const rounds = 20
/** What a person takes for at once. */
const goalMilliseconds = 100
const [side, width, height] = [13, 640, 480]

/** The model of the preset `shifts-gae`, before any training: its size is what counts here. */
const spec = runSpecSchema.parse({ model: { kind: 'gae', factors: 300, mappings: 100, tied: false }, dataset: 'dots' })
const { model } = spec
const description = describeModel(model, side ** 2, side ** 2)

/** A colour PNG of 640 x 480, another for each number. */
async function photograph(number: number): Promise<Uint8Array> {
  const rgba = Uint8Array.from({ length: 4 * width * height }, (_, i) =>
    i % 4 === 3 ? 255 : ((i >> 2) % width) + number * (1 + (i % 4)),
  )
  return new Uint8Array(await Transformer.fromRgbaPixels(rgba, width, height).png())
}

/** A finished run with a dataset, so that a pair gets its gain. @returns its id */
async function prepareRun(store: Store): Promise<string> {
  const datasets = new DatasetService({ store, events: new EventBus() })
  const dataset = await datasets.generate({
    generator: 'shifts',
    train: 1000,
    valid: 100,
    test: 200,
    seed: 1,
    name: 'dots',
  })
  const mean = new Float32Array(side ** 2)
  const weights = initialWeights(description, { ...model, meanX: mean, meanY: mean }, 1, 1)
  const saved = {
    ...{ description, classes: null, energy: 'conditional' as const, preprocess: preprocessSchema.parse({}) },
    ...{ weights, coefficients: null, otherCoefficients: null, centre: null },
  }
  const file = await writeCheckpoint(store.paths.checkpoints, { model: saved, training: null, carried: {}, spec: null })
  const run = await store.runs.create({ name: 'bench', spec, dataset, requestedDevice: 'auto', status: 'done' })
  await store.checkpoints.adopt(run.id, 0, { ...file, phase: 'pretrain', class: null, epoch: 0, final: true })
  return run.id
}

/**
 * From two dropped images (bytes in) to their score, as the Pair lab asks for it on a warm model: kept, decoded, brought to
 * the model's input, scored, compared with a hundred others, the score kept. And how much of that is no matrix product.
 * @param childFolder where the built programs lie
 */
export async function benchPair(childFolder: string): Promise<BenchmarkResult> {
  const folder = await mkdtemp(join(tmpdir(), 'gae-bench-'))
  const store = await openStore(folder)
  const analyst = new AnalystClient(launchNodeChild(childFolder))
  const backend = await openBackend({ engine: 'onnx', device: 'cpu', threads: availableParallelism() })
  const products = await PairProducts.compile(backend, description)
  try {
    const run = await prepareRun(store)
    const images = new ImageService({ store, analyst })
    const pairs = new PairService({ store, analyst, images, samples: new DatasetSamples(store) })
    const view = { x: defaultViewOptions, y: defaultViewOptions }
    const measured: { whole: number; products: number }[] = []
    for (let round = 0; round <= rounds; round++) {
      const [first, second] = [await photograph(2 * round), await photograph(2 * round + 1)]
      const start = performance.now()
      const [x, y] = await Promise.all([images.put('x.png', first), images.put('y.png', second)])
      await pairs.score({ run, x: x.sha256, y: y.sha256, class: null, view })
      const scored = performance.now()
      await products.run()
      // The first round warms up.
      if (round > 0) measured.push({ whole: scored - start, products: performance.now() - scored })
    }
    const whole = median(measured.map((one) => one.whole))
    const bounds = { floor: 0, goal: 1 }
    return {
      rows: [
        rowOf({
          name: 'score a pair',
          unit: 'ms from bytes to score',
          against: `${goalMilliseconds} ms`,
          rounds: measured,
          ...bounds,
          value: (round) => round.whole,
          ratio: (round) => goalMilliseconds / round.whole,
        }),
        rowOf({
          name: 'score a pair, but its matrix products',
          unit: 'ms',
          against: `all of it, ${whole.toFixed(1)} ms`,
          rounds: measured,
          ...bounds,
          value: (round) => round.whole - round.products,
          ratio: (round) => (round.whole - round.products) / round.whole,
        }),
      ],
      notes: [],
    }
  } finally {
    await products.dispose()
    analyst.stop()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}
