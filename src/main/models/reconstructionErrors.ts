import type { ModelDescription } from '../../shared/model'
import type { GraphCompiler } from '../compute/engine'
import { input, type Node } from '../compute/graph'
import { scale, square, sub, sum } from '../compute/ops'
import type { Tensors } from '../compute/tensor'
import { BatchedGraph, type Breathe, type Floats } from './batchedGraph'
import type { Examples } from './examples'
import { modelKinds } from './kinds/registry'
import { weightInputs } from './parameters'
import { visibleMean } from './visible'

const largestBatch = 500

/** Mean squared error per pixel of the reconstruction of clean images, under changing weights. */
export class ReconstructionErrors {
  private constructor(private readonly compiled: BatchedGraph) {}

  /** @param most images in one run: smaller sets need no large batch */
  static async compile(
    compiler: GraphCompiler,
    description: ModelDescription,
    most: number,
  ): Promise<ReconstructionErrors> {
    const { kind, visible, inputs, targets } = description
    const batch = Math.min(largestBatch, most)
    const x = input('x', [batch, inputs])
    const y = targets === null ? null : input('y', [batch, targets])
    const { linear } = modelKinds[kind].forward(description, weightInputs(description), x, y)
    const error = (a: Node, image: Node) =>
      scale(sum(square(sub(visibleMean(visible, a), image)), [1]), 1 / image.shape[1])
    const outputs = {
      x: error(linear.x, x),
      ...(linear.y === null || y === null ? {} : { y: error(linear.y, y) }),
    }
    return new ReconstructionErrors(await BatchedGraph.compile(compiler, outputs, batch))
  }

  /** @param images as the model sees them @returns [n] each; y null for models of one image */
  async run({ n, x, y }: Examples, weights: Tensors, breathe?: Breathe): Promise<{ x: Floats; y: Floats | null }> {
    const found = await this.compiled.run(n, y === null ? { x } : { x, y }, weights, breathe)
    return { x: found.x, y: found.y ?? null }
  }

  dispose(): Promise<void> {
    return this.compiled.dispose()
  }
}
