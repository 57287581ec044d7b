import type { ModelDescription } from '../../../shared/model'
import type { Backend } from '../../compute/backend'
import { input } from '../../compute/graph'
import type { Tensors } from '../../compute/tensor'
import { BatchedGraph, type Breathe, type Floats } from '../../models/batchedGraph'
import { reconstructionLoss } from '../../models/loss'
import { weightInputs } from '../../models/parameters'
import type { Examples } from '../../models/examples'
import type { Objective } from '../../../shared/kinds/keys'

const largestBatch = 500

/** Examples with what the encoder sees of them: the same arrays, or corrupted copies. */
export interface SeenExamples {
  clean: Examples
  seen: Examples
}

export function meanOf(losses: Floats): number {
  let total = 0
  for (const loss of losses) total += loss
  return total / losses.length
}

/** Mean reconstruction loss of a set under changing weights. */
export class LossEvaluation {
  private constructor(
    private readonly compiled: BatchedGraph,
    private readonly n: number,
    private readonly rows: Record<string, Float32Array>,
  ) {}

  static async compile(
    backend: Backend,
    description: ModelDescription,
    objective: Objective,
    { clean, seen }: SeenExamples,
  ): Promise<LossEvaluation> {
    const batch = Math.min(largestBatch, clean.n)
    const images = (name: string, pixels: number) => ({
      seen: input(`seen${name}`, [batch, pixels]),
      clean: input(`clean${name}`, [batch, pixels]),
    })
    const y = description.targets === null ? null : images('Y', description.targets)
    const loss = reconstructionLoss(
      description,
      weightInputs(description),
      { x: images('X', description.inputs), y },
      objective,
    )
    const compiled = await BatchedGraph.compile(backend, { loss }, batch)
    const rows: Record<string, Float32Array> = { seenX: seen.x, cleanX: clean.x }
    if (seen.y !== null && clean.y !== null) Object.assign(rows, { seenY: seen.y, cleanY: clean.y })
    return new LossEvaluation(compiled, clean.n, rows)
  }

  /** ½ mean ‖r - clean‖² over the set. */
  async mean(weights: Tensors, breathe?: Breathe): Promise<number> {
    return meanOf(await this.losses(weights, breathe))
  }

  /** ½ ‖r - clean‖² of each example. @returns [n] */
  async losses(weights: Tensors, breathe?: Breathe): Promise<Floats> {
    return (await this.compiled.run(this.n, this.rows, weights, breathe)).loss
  }

  dispose(): Promise<void> {
    return this.compiled.dispose()
  }
}
