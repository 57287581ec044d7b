import { runSpecSchema, type RunSpec } from '../../shared/spec/schema'
import type { Backend } from '../compute/backend'
import { compileSteps, type StepRunner } from '../compute/driver'
import { permutation, uniforms } from '../compute/random'
import { sizeOf } from '../compute/shapes'
import { float32, int32, type Tensor, type Tensors } from '../compute/tensor'
import { describeModel } from '../models/describe'
import { initialWeights } from '../models/initialise'
import { meanImage } from '../models/preprocess'
import { corruptionsOf } from '../training/steps/corruption'
import { drawTensors, type Draw } from '../training/steps/draws'
import { stepRates } from '../training/steps/optimizers'
import { reconstructionStep } from '../training/steps/reconstructionStep'

export const [pixels, images] = [784, 1000]

/** The benchmarked training: a covariance auto-encoder with mask 0.3, momentum SGD, the loss of every step. */
const sizes = { factors: 512, mappings: 256 }
const spec: RunSpec = runSpecSchema.parse({
  model: { kind: 'cae', ...sizes },
  dataset: 'random',
  corruption: { kind: 'mask', level: 0.3 },
  optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9 },
  batchSize: 100,
})

/**
 * Floating-point operations of a step's matrix products: five with W_F (encode, decode, the error's way back, two parts of
 * the gradient), six with W_M.
 */
export const stepFlops = 2 * spec.batchSize * sizes.factors * (5 * pixels + 6 * sizes.mappings)

/** The very step that training takes, its rows and masks drawn as training draws them, on random images. */
export class BenchmarkedTraining {
  #step = 0

  private constructor(
    private readonly runner: StepRunner,
    private readonly start: Tensors,
    private readonly draws: readonly Draw[],
  ) {}

  static async compile(backend: Backend): Promise<BenchmarkedTraining> {
    const x = Float32Array.from(uniforms(spec.seed, 0, 0, images * pixels))
    const description = describeModel(spec.model, pixels, null)
    const corruptions = corruptionsOf(description.kind, spec.corruption, null)
    const step = reconstructionStep(description, spec, corruptions, images, spec.batchSize)
    const runner = await compileSteps(backend, step.graph, { x: float32(x, [images, pixels]) })
    const weights = initialWeights(
      description,
      { ...spec.model, meanX: meanImage(x, pixels), meanY: null },
      spec.seed,
      1,
    )
    const start: Record<string, Tensor> = {}
    for (const [name, { shape, data }] of Object.entries(weights)) {
      start[name] = float32(Float32Array.from(data), shape)
    }
    for (const [name, shape] of Object.entries(step.memory)) {
      start[name] = float32(new Float32Array(sizeOf(shape)), shape)
    }
    return new BenchmarkedTraining(runner, start, step.draws)
  }

  /** Puts the weights of a fresh model in, as a new class would. */
  async restart(): Promise<void> {
    await this.runner.setState(this.start)
  }

  /** One chunk; drawing its rows and masks is part of it. */
  async run(steps: number): Promise<void> {
    const rows = new Int32Array(steps * spec.batchSize)
    for (let i = 0; i < rows.length; i += images) {
      rows.set(permutation(spec.seed, 2, this.#step + i, images).subarray(0, rows.length - i), i)
    }
    await this.runner.run(steps, {
      rows: int32(rows, [steps, spec.batchSize]),
      ...drawTensors(this.draws, spec.seed, () => 3, this.#step, steps),
      rate: float32(stepRates(spec.optimizer, this.#step, steps, steps), [steps]),
    })
    this.#step += steps
  }
}
