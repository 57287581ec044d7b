import type { EnergyKind, ModelDescription } from '../../shared/model'
import type { GraphCompiler } from '../compute/engine'
import { input } from '../compute/graph'
import type { Tensor, Tensors } from '../compute/tensor'
import { BatchedGraph, weightTensors, type Breathe } from './batchedGraph'
import { classTerms } from './classifier'
import { weightInputs } from './parameters'
import type { TermArrays } from './posterior'
import { weightsOfClass, type ClassWeights } from './classWeights'
import type { Examples } from './examples'

const largestBatch = 500

/** Prefix of the weights of one class in a graph of all. */
export const classPrefix = (modelClass: number): string => `${modelClass}/`

/** The energy terms of images under the models of all classes. */
export class TermEvaluation {
  private constructor(private readonly compiled: BatchedGraph) {}

  /** @param most images in one run: smaller sets need no large batch */
  static async compile(
    compiler: GraphCompiler,
    description: ModelDescription,
    classes: number,
    energy: EnergyKind,
    most: number,
  ): Promise<TermEvaluation> {
    const batch = Math.min(largestBatch, most)
    const models = Array.from({ length: classes }, (_, index) => weightInputs(description, classPrefix(index)))
    const { mean, covariance, visible } = classTerms(
      description,
      models,
      input('x', [batch, description.inputs]),
      energy,
    )
    const outputs = { visible, ...(mean === null ? {} : { mean }), ...(covariance === null ? {} : { covariance }) }
    return new TermEvaluation(await BatchedGraph.compile(compiler, outputs, batch))
  }

  /** Weights of all classes under the names that the graph has for them. */
  static weights(model: ClassWeights): Record<string, Tensor> {
    const classes = Array.from({ length: model.classes ?? 0 }, (_, index) =>
      weightTensors(weightsOfClass(model, index), classPrefix(index)),
    )
    return Object.assign({}, ...classes) as Record<string, Tensor>
  }

  /** @returns each term as [N, C] */
  async run({ n, x }: Examples, weights: Tensors, breathe?: Breathe): Promise<TermArrays> {
    const { visible, mean, covariance } = await this.compiled.run(n, { x }, weights, breathe)
    return { visible, mean: mean ?? null, covariance: covariance ?? null }
  }

  dispose(): Promise<void> {
    return this.compiled.dispose()
  }
}
