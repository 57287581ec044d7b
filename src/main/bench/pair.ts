import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { Transformer } from '@napi-rs/image'
import type { GenerateRequest } from '../../shared/generators'
import { defaultViewOptions } from '../../shared/views'
import { openBackend } from '../compute/backend'
import { openFinishedModel } from './finishedModel'
import { PairProducts } from './pairProducts'
import { median, rowOf, type BenchmarkResult } from './row'

const rounds = 20
/** What a person takes for at once. */
const goalMilliseconds = 100
const [width, height] = [640, 480]

/** A colour PNG of 640 x 480, another for each number. */
async function photograph(number: number): Promise<Uint8Array> {
  const rgba = Uint8Array.from({ length: 4 * width * height }, (_, i) =>
    i % 4 === 3 ? 255 : ((i >> 2) % width) + number * (1 + (i % 4)),
  )
  return new Uint8Array(await Transformer.fromRgbaPixels(rgba, width, height).png())
}

/**
 * From two dropped images (bytes in) to their score, as the Pair lab asks for it on a warm model of the preset `shifts-gae`:
 * kept, decoded, brought to the model's input, scored, compared with a hundred others, the score kept. And how much of that
 * is no matrix product.
 * @param childFolder where the built programs lie
 */
export async function benchPair(childFolder: string): Promise<BenchmarkResult> {
  const data: GenerateRequest = {
    generator: 'shifts',
    train: 1000,
    valid: 100,
    test: 200,
    seed: 1,
    name: 'dots',
    options: { shape: [16, 16] },
  }
  const model = await openFinishedModel(childFolder, data, { kind: 'gae', factors: 400, mappings: 100, tied: false })
  const backend = await openBackend({ engine: 'onnx', device: 'cpu', threads: availableParallelism() })
  const products = await PairProducts.compile(backend, model.description)
  try {
    const { run, images, pairs } = model
    const view = { x: defaultViewOptions, y: defaultViewOptions }
    const measured: { whole: number; products: number }[] = []
    for (let round = 0; round <= rounds; round++) {
      const [first, second] = [await photograph(2 * round), await photograph(2 * round + 1)]
      const start = performance.now()
      const [x, y] = await Promise.all([
        images.put({ name: 'x.png', bytes: first }),
        images.put({ name: 'y.png', bytes: second }),
      ])
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
    await model.close()
  }
}
