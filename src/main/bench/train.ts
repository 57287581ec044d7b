import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { launchNodeChild } from '../children/nodeChild'
import { startBenchChild, type BenchChild } from './client'
import { productFlops } from './product'
import { median, type BenchmarkRow } from './row'
import { stepFlops } from './trainingStep'

const classes = 10
/** A chunk of training is about as long: 250 ms of one model. */
const steps = 60
const products = 3
const rounds = 9

/** One round: milliseconds of a product, of a step of one model, and of a step of one class out of ten. */
interface Round {
  readonly product: number
  readonly oneModel: number
  readonly tenClasses: number
}

async function measure(whole: BenchChild, parts: readonly BenchChild[]): Promise<Round> {
  const product = (await whole.ask({ type: 'product', times: products })) / products
  const oneModel = (await whole.ask({ type: 'train', models: 1, steps })) / steps
  const start = performance.now()
  await Promise.all(
    parts.map((child, part) => {
      const models = Math.floor((classes + part) / parts.length)
      return child.ask({ type: 'train', models, steps })
    }),
  )
  return { product, oneModel, tenClasses: (performance.now() - start) / (classes * steps) }
}

/** GFLOP/s from milliseconds. */
const rate = (flops: number, milliseconds: number): number => flops / milliseconds / 1e6

/** A row from the rounds: ratios are taken within a round, so that what slows the machine slows both sides. */
export function trainRow(
  name: string,
  rounds: readonly { product: number; step: number }[],
  bounds: { floor: number; goal: number },
): BenchmarkRow {
  const ratio = median(rounds.map(({ product, step }) => rate(stepFlops, step) / rate(productFlops, product)))
  const best = rate(productFlops, median(rounds.map(({ product }) => product)))
  return {
    name,
    value: median(rounds.map(({ step }) => step)),
    unit: 'ms a step of one class',
    against: `onnxruntime's 2048³ product, all cores, ${best.toFixed(0)} GFLOP/s`,
    ratio,
    ...bounds,
    ok: ratio >= bounds.floor,
  }
}

/**
 * Training against the engine's own best: a step of one model with all cores, and of ten models with as many processes as
 * cores, one thread each. Each round measures all three in turn; the rows are medians of the rounds.
 * @param childFolder where the built programs lie
 */
export async function benchTrain(childFolder: string): Promise<BenchmarkRow[]> {
  const launch = launchNodeChild(childFolder)
  const cores = availableParallelism()
  const children: BenchChild[] = []
  try {
    const whole = await startBenchChild(launch, cores)
    children.push(whole)
    const parts: BenchChild[] = []
    for (let i = 0; i < Math.min(cores, classes); i++) {
      const part = await startBenchChild(launch, 1)
      children.push(part)
      parts.push(part)
    }
    await measure(whole, parts)
    const measured: Round[] = []
    for (let round = 0; round < rounds; round++) measured.push(await measure(whole, parts))
    const one = measured.map(({ product, oneModel }) => ({ product, step: oneModel }))
    const ten = measured.map(({ product, tenClasses }) => ({ product, step: tenClasses }))
    return [
      trainRow('train one model', one, { floor: 0.55, goal: 0.75 }),
      trainRow('train ten classes', ten, { floor: 0.65, goal: 0.85 }),
    ]
  } finally {
    for (const child of children) child.close()
  }
}
