import { classifierSchema, runSpecSchema, type RunSpec } from '../../shared/spec/schema'
import type { Backend } from '../compute/backend'
import { compileSteps, type StepRunner } from '../compute/driver'
import { permutation, uniforms } from '../compute/random'
import { sizeOf } from '../compute/shapes'
import { float32, int32, type Tensor } from '../compute/tensor'
import { describeModel } from '../models/describe'
import { initialWeights } from '../models/initialise'
import { oneHot } from '../training/fit/coefficientFit'
import { corruptionsOf } from '../training/steps/corruption'
import { drawTensors, type Draw } from '../training/steps/draws'
import { finetuneRule, finetuneStep } from '../training/steps/finetuneStep'
import { stepRates } from '../training/steps/optimizers'
import { images, pixels } from './trainingStep'
import { classPrefix } from '../models/termEvaluation'

const classes = 10
const classifier = classifierSchema.parse({ finetune: 'all' })
const sizes = { factors: 512, mappings: 256 }
const model: RunSpec['model'] = runSpecSchema.parse({
  model: { kind: 'cae', ...sizes },
  dataset: 'random',
}).model

/**
 * Floating-point operations of a step's matrix products: per class two with W_F (the factors, the gradient) and three with
 * W_M (the mapping units, the error's way back, the gradient).
 */
export const finetuneFlops = classes * 2 * classifier.batchSize * sizes.factors * (2 * pixels + 3 * sizes.mappings)

/** The very step that fine-tuning all weights takes: ten covariance auto-encoders, mask 0.5, Adam, on random images. */
export class BenchmarkedFinetuning {
  #step = 0

  private constructor(
    private readonly runner: StepRunner,
    private readonly draws: readonly Draw[],
  ) {}

  static async compile(backend: Backend): Promise<BenchmarkedFinetuning> {
    const x = Float32Array.from(uniforms(1, 0, 0, images * pixels))
    const description = describeModel(model, pixels, null)
    const { x: corruption } = corruptionsOf(description.kind, classifier.corruption, null)
    const { batchSize } = classifier
    const step = finetuneStep(description, 'conditional', classes, classifier, corruption, images, batchSize)
    const ones = float32(new Float32Array(classes).fill(1), [classes])
    const labels = Int32Array.from({ length: images }, (_, row) => row % classes)
    const data = {
      x: float32(x, [images, pixels]),
      oneHot: float32(oneHot(labels, classes), [images, classes]),
      ...{ aM: ones, aC: ones, aB: ones },
    }
    const start: Record<string, Tensor> = { B: float32(new Float32Array(classes), [classes]) }
    for (let one = 0; one < classes; one++) {
      const weights = initialWeights(description, { ...model, meanX: new Float32Array(pixels), meanY: null }, 1, one)
      for (const [name, { shape, data: values }] of Object.entries(weights)) {
        start[`${classPrefix(one)}${name}`] = float32(Float32Array.from(values), shape)
      }
    }
    for (const [name, shape] of Object.entries(step.memory)) {
      start[name] = float32(new Float32Array(sizeOf(shape)), shape)
    }
    const runner = await compileSteps(backend, step.graph, data)
    await runner.setState(start)
    return new BenchmarkedFinetuning(runner, step.draws)
  }

  /** One chunk; drawing its rows and masks is part of it. */
  async run(steps: number): Promise<void> {
    const { batchSize } = classifier
    const rows = new Int32Array(steps * batchSize)
    for (let step = 0; step < steps; step++) {
      rows.set(permutation(1, 2, this.#step + step, images).subarray(0, batchSize), step * batchSize)
    }
    await this.runner.run(steps, {
      rows: int32(rows, [steps, batchSize]),
      ...drawTensors(this.draws, 1, () => 3, this.#step, steps),
      rate: float32(stepRates(finetuneRule(classifier), this.#step, steps, steps), [steps]),
    })
    this.#step += steps
  }
}
