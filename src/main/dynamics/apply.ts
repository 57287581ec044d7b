import { WorkbenchError } from '../../shared/errors'
import type { ModelDescription } from '../../shared/model'
import type { GraphCompiler } from '../compute/engine'
import { input } from '../compute/graph'
import { float64, type Tensors } from '../compute/tensor'
import { BatchedGraph, weightTensors } from '../models/batchedGraph'
import { kindsFor } from '../../shared/kinds'
import { modelKinds } from '../models/kinds/registry'
import { weightInputs } from '../models/parameters'
import type { WeightArrays } from '../models/weightArray'

/** A gated auto-encoder as a transformation: mapping units from a pair, and what they do to other images. */
export class Transformer {
  private constructor(
    private readonly infer: BatchedGraph,
    private readonly act: BatchedGraph,
    private readonly fixed: Tensors,
    private readonly description: ModelDescription,
  ) {}

  /** @throws NOT_GATED for models of one image */
  static async open(
    backend: GraphCompiler,
    description: ModelDescription,
    weights: WeightArrays,
  ): Promise<Transformer> {
    const { kind, inputs, targets, mappings } = description
    const { transformed, forward } = modelKinds[kind]
    if (transformed === null || targets === null || mappings === null) {
      throw new WorkbenchError(
        'NOT_GATED',
        `A model of one image (${kind}) learns no transformation of one image into another`,
        {
          where: 'run',
          remedy: `Choose one of kind ${kindsFor('pairs')}, trained on pairs.`,
        },
      )
    }
    const w = weightInputs(description)
    const x = input('x', [1, inputs])
    const h = input('h', [1, mappings])
    const { mapping } = forward(description, w, x, input('y', [1, targets]))
    if (mapping === null) throw new TypeError(`a model of kind ${kind} has no mapping units`)
    return new Transformer(
      await BatchedGraph.compile(backend, { mapping }, 1),
      await BatchedGraph.compile(backend, { image: transformed(description, w, x, h) }, 1),
      weightTensors(weights),
      description,
    )
  }

  /** h = σ(W_M(W_X x ⊙ W_Y y) + b_m). @returns [K] */
  async mapping(x: Float32Array, y: Float32Array): Promise<Float64Array> {
    const { mapping } = await this.infer.run(1, { x, y }, this.fixed)
    return Float64Array.from(mapping)
  }

  /** One image under a mapping. @returns [Dy] */
  async apply(mapping: Float64Array, image: Float64Array): Promise<Float64Array> {
    const h = float64(mapping, [1, mapping.length])
    const result = await this.act.run(1, { x: image }, { ...this.fixed, h })
    return Float64Array.from(result.image)
  }

  /**
   * Tx, TTx, ...: the mapping is applied to what it gave before.
   * @param next what a frame becomes before the next step
   * @returns [steps] images @throws SIZE_MISMATCH where x and y differ in size, so that nothing follows the first step
   */
  async strip(
    mapping: Float64Array,
    image: Float64Array,
    steps: number,
    next: (frame: Float64Array) => Float64Array,
  ): Promise<Float64Array[]> {
    const { inputs, targets } = this.description
    if (steps > 1 && inputs !== targets) {
      throw new WorkbenchError('SIZE_MISMATCH', `x has ${inputs} pixels and y ${targets}: the mapping applies once`, {
        where: 'steps',
        remedy: 'Ask for one step.',
      })
    }
    const frames: Float64Array[] = []
    for (let step = 0; step < steps; step++) {
      const before = frames.at(-1)
      frames.push(await this.apply(mapping, before === undefined ? image : next(before)))
    }
    return frames
  }

  async dispose(): Promise<void> {
    await this.infer.dispose()
    await this.act.dispose()
  }
}

/** (1 - t) a + t b */
export const between = (a: Float64Array, b: Float64Array, t: number): Float64Array =>
  a.map((value, i) => (1 - t) * value + t * b[i])

/**
 * An image with the mean and the standard deviation of another, as a contrast-normalised one has them; a constant one only
 * gets the mean. @param image [D] @param like [D]
 */
export function withContrastOf(image: Float64Array, like: Float64Array): Float64Array {
  const [own, asked] = [meanAndDeviation(image), meanAndDeviation(like)]
  const scale = own.deviation === 0 ? 1 : asked.deviation / own.deviation
  return image.map((value) => (value - own.mean) * scale + asked.mean)
}

function meanAndDeviation(values: Float64Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) }
}

/** Pearson's correlation of two images; 0 where one of them is constant. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb)
    aa += (a[i] - ma) ** 2
    bb += (b[i] - mb) ** 2
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb)
}
