import { WorkbenchError } from '../../../shared/errors'
import { takesPairs } from '../../../shared/kinds'
import type { ModelDescription } from '../../../shared/model'
import type { ScoreMatching } from '../../../shared/runs'
import type { RunSpec } from '../../../shared/spec/schema'
import type { Backend } from '../../compute/backend'
import { gradients } from '../../compute/gradient'
import { input, type Node } from '../../compute/graph'
import { scale, square, sub, sum } from '../../compute/ops'
import { gaussians } from '../../compute/random'
import { BatchedGraph, weightTensors, type Breathe } from '../../models/batchedGraph'
import { energy } from '../../models/energy'
import { hasEnergy } from '../../models/noEnergy'
import { weightInputs } from '../../models/parameters'
import { type SavedModel } from '../../saved/savedModel'
import { breathe, type TaskContext } from '../context'
import type { SplitExamples } from '../data/trainingData'
import type { WeightArrays } from '../../models/weightArray'
import { rowsOfClass } from '../data/holdOut'
import { selectExamples, type Examples } from '../../models/examples'
import { imageModel } from '../../models/forward'
import { weightsOfClass } from '../../models/classWeights'

/** Standard deviation s of the noise, in the model's own scale. */
export const matchingStd = 0.1
/** How far the two sides may lie apart in float32, relative to the first. */
const tolerance = 1e-4
/** Images of a model that are looked at, at most. */
const most = 500
/** Noise of its own: no stream of a training is this one. */
const noiseStream = 0x5000_0000

/** Of each row: what training with Gaussian noise lowers, and what score matching does. */
export interface MatchingSides {
  /** ‖r(ỹ) - y‖² [B] */
  denoising: Node
  /** ‖∇E_d(ỹ)/s² - (y - ỹ)/s²‖² [B], the gradient taken of the energy itself */
  matching: Node
}

/**
 * The two sides of denoising score matching (Vincent 2011): with ỹ = y + noise of variance s², ‖r(ỹ) - y‖² = s⁴
 * ‖∇E_d(ỹ)/s² - (y - ỹ)/s²‖², because r(ỹ) - ỹ is the gradient of the diagonal energy E_d.
 * @param description of a model of one image, Gaussian visibles, tied decoder
 * @param clean y [B, D] @param noisy ỹ [B, D]
 */
export function matchingSides(description: ModelDescription, clean: Node, noisy: Node, std: number): MatchingSides {
  const weights = weightInputs(description)
  const parts = imageModel(description, weights, noisy)
  const [force] = gradients(sum(energy(description, weights, 'diagonal', parts, noisy)), [noisy])
  const perVariance = (difference: Node) => scale(difference, std ** -2)
  return {
    denoising: sum(square(sub(parts.reconstruction, clean)), [1]),
    matching: sum(square(sub(perVariance(force), perVariance(sub(clean, noisy)))), [1]),
  }
}

/** Whether the identity is one of this model: its field must be the gradient of the diagonal energy. */
const matchesScores = (description: ModelDescription): boolean =>
  hasEnergy(description) && description.visible === 'gaussian' && !takesPairs(description.kind)

/** Adds up both sides over the models of a run. */
class MatchingEvaluation {
  #denoising = 0
  #matching = 0
  #n = 0

  private constructor(private readonly compiled: BatchedGraph) {}

  static async compile(backend: Backend, description: ModelDescription): Promise<MatchingEvaluation> {
    const image = (name: string) => input(name, [most, description.inputs])
    const { denoising, matching } = matchingSides(description, image('clean'), image('noisy'), matchingStd)
    return new MatchingEvaluation(await BatchedGraph.compile(backend, { denoising, matching }, most))
  }

  /** @param modelClass whose images they are; each class has its own noise */
  async add(
    images: Examples,
    weights: WeightArrays,
    seed: number,
    modelClass: number | null,
    placeOf: (row: number) => string,
    breathe: Breathe,
  ): Promise<void> {
    const n = Math.min(images.n, most)
    const clean = images.x.subarray(0, (images.x.length / images.n) * n)
    const noise = gaussians(seed, noiseStream, (modelClass ?? -1) + 1, clean.length)
    const noisy = clean.map((value, at) => value + matchingStd * noise[at])
    const sides = await this.compiled.run(n, { clean, noisy }, weightTensors(weights), breathe)
    for (let row = 0; row < n; row++) {
      if (!Number.isFinite(sides.denoising[row]) || !Number.isFinite(sides.matching[row])) throw overflow(placeOf(row))
      this.#denoising += sides.denoising[row]
      this.#matching += sides.matching[row]
    }
    this.#n += n
  }

  /** Means over all images added; null where there were none. */
  result(): ScoreMatching | null {
    const [n, denoising, matching] = [this.#n, this.#denoising, this.#matching]
    if (n === 0) return null
    const relativeDifference = Math.abs(denoising - matchingStd ** 4 * matching) / denoising
    return { std: matchingStd, n, denoising: denoising / n, matching: matching / n, relativeDifference, tolerance }
  }

  dispose(): Promise<void> {
    return this.compiled.dispose()
  }
}

const overflow = (where: string): WorkbenchError =>
  new WorkbenchError('LOSS_NOT_FINITE', 'The sides of score matching are infinite', {
    where,
    remedy: 'Look at its pixels (a fill value such as 1e18?) and import the data without it.',
    exit: 1,
  })

/**
 * Both sides on the images of a split, each class's under its own model; null where the identity is none of this model.
 * @param examples as the model sees them
 */
export async function scoreMatchingOf(
  model: SavedModel,
  examples: SplitExamples,
  { seed, dataset }: Pick<RunSpec, 'seed' | 'dataset'>,
  { backend, signal }: TaskContext,
): Promise<ScoreMatching | null> {
  if (!matchesScores(model.description)) return null
  const evaluation = await MatchingEvaluation.compile(backend, model.description)
  try {
    const letIn = () => breathe(signal)
    const placeOf = (row: number) => `${dataset}: valid, image ${row}`
    if (model.classes === null) await evaluation.add(examples, model.weights, seed, null, placeOf, letIn)
    for (let modelClass = 0; modelClass < (model.classes ?? 0); modelClass++) {
      const rows = rowsOfClass(examples.labels ?? new Int32Array(0), modelClass)
      if (rows.length === 0) continue
      const own = selectExamples(examples, rows)
      await evaluation.add(own, weightsOfClass(model, modelClass), seed, modelClass, (row) => placeOf(rows[row]), letIn)
    }
    return evaluation.result()
  } finally {
    await evaluation.dispose()
  }
}
