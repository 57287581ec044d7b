import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { launchNodeChild } from '../children/nodeChild'
import { startBenchChild, type BenchChild } from './client'
import { finetuneFlops } from './finetuning'
import { productFlops } from './product'
import { median, rate, rowOf, type BenchmarkResult, type Bounds, type RatioRow } from './row'
import { stepFlops } from './trainingStep'

const classes = 10
/** A chunk of training is about as long: 250 ms of one model. */
const steps = 60
const finetuneSteps = 5
const wasmSteps = 3
const products = 3
const rounds = 9

/** One round: milliseconds of a product, and of a step of each arrangement. */
export interface Round {
  readonly product: number
  readonly oneModel: number
  /** Of one class out of ten. */
  readonly tenClasses: number
  readonly finetune: number
  /** Null where tfjs is not installed. */
  readonly wasm: number | null
}

interface Children {
  readonly whole: BenchChild
  readonly parts: readonly BenchChild[]
  readonly wasm: BenchChild | null
}

async function measure({ whole, parts, wasm }: Children): Promise<Round> {
  const product = (await whole.ask({ type: 'product', times: products })) / products
  const oneModel = (await whole.ask({ type: 'train', models: 1, steps })) / steps
  const rival = wasm === null ? null : (await wasm.ask({ type: 'train', models: 1, steps: wasmSteps })) / wasmSteps
  const start = performance.now()
  await Promise.all(
    parts.map((child, part) => {
      const models = Math.floor((classes + part) / parts.length)
      return child.ask({ type: 'train', models, steps })
    }),
  )
  const tenClasses = (performance.now() - start) / (classes * steps)
  const finetune = (await whole.ask({ type: 'finetune', steps: finetuneSteps })) / finetuneSteps
  return { product, oneModel, tenClasses, finetune, wasm: rival }
}

/** A step's rate as a share of the engine's own best. */
export function rateRow(
  name: string,
  { unit, flops, step }: { unit: string; flops: number; step: (round: Round) => number },
  rounds: readonly Round[],
  bounds: Bounds,
): RatioRow {
  const best = rate(productFlops, median(rounds.map(({ product }) => product)))
  return rowOf({
    name,
    unit,
    against: `onnxruntime's 2048³ product, all cores, ${best.toFixed(0)} GFLOP/s`,
    rounds,
    value: step,
    ratio: (round) => rate(flops, step(round)) / rate(productFlops, round.product),
    ...bounds,
  })
}

const oneClass = { unit: 'ms a step of one class', flops: stepFlops }

/** The rows of all rounds. Why the floors are where they are: docs/results.md. */
export function trainRows(rounds: readonly Round[]): RatioRow[] {
  const raced = rounds.flatMap(({ oneModel, wasm }) => (wasm === null ? [] : [{ own: oneModel, wasm }]))
  return [
    rateRow('train one model', { ...oneClass, step: ({ oneModel }) => oneModel }, rounds, { floor: 0.6, goal: 0.75 }),
    rateRow('train ten classes', { ...oneClass, step: ({ tenClasses }) => tenClasses }, rounds, {
      floor: 0.7,
      goal: 0.85,
    }),
    rateRow(
      'fine-tune ten classes',
      { unit: 'ms a step of all classes', flops: finetuneFlops, step: ({ finetune }) => finetune },
      rounds,
      { floor: 0.2, goal: 0.35 },
    ),
    ...(raced.length === 0
      ? []
      : [
          rowOf({
            name: 'train one model, tfjs',
            unit: oneClass.unit,
            against: `the same step of tfjs on wasm, ${median(raced.map(({ wasm }) => wasm)).toFixed(0)} ms`,
            rounds: raced,
            value: ({ own }) => own,
            ratio: ({ own, wasm }) => wasm / own,
            floor: 6,
            goal: 10,
          }),
        ]),
  ]
}

/**
 * Training against the engine's own best and against tfjs on wasm: a step of one model with all cores, of ten models with
 * as many processes as cores, one thread each, and of all weights of a ten-class classifier. Each round measures all in
 * turn; the rows are medians of the rounds.
 * @param childFolder where the built programs lie
 */
export async function benchTrain(childFolder: string): Promise<BenchmarkResult> {
  const launch = launchNodeChild(childFolder)
  const cores = availableParallelism()
  const opened: BenchChild[] = []
  const open = async (engine: string, device: string, threads: number): Promise<BenchChild> => {
    const child = await startBenchChild(launch, { engine, device, threads })
    opened.push(child)
    return child
  }
  const notes: string[] = []
  try {
    const whole = await open('onnx', 'cpu', cores)
    const parts: BenchChild[] = []
    for (let i = 0; i < Math.min(cores, classes); i++) parts.push(await open('onnx', 'cpu', 1))
    const wasm = await open('tfjs', 'wasm', 1).catch((error: Error) => {
      notes.push(`tfjs on wasm is not measured: ${error.message.split('\n')[0]}`)
      return null
    })
    const children = { whole, parts, wasm }
    await measure(children)
    const measured: Round[] = []
    for (let round = 0; round < rounds; round++) measured.push(await measure(children))
    return { rows: trainRows(measured), notes }
  } finally {
    for (const child of opened) child.close()
  }
}
