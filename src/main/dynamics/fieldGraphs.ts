import type { Slots } from '../../shared/dynamics'
import type { ModelDescription } from '../../shared/model'
import type { GraphCompiler } from '../compute/engine'
import { input, type Node } from '../compute/graph'
import { BatchedGraph } from '../models/batchedGraph'
import { weightInputs } from '../models/parameters'
import { fieldNodes, type FieldNodes } from './fieldGraph'
import { JacobianGraph } from './jacobian'

/** Points that are evaluated together. */
const batches = [256, 64, 8, 1] as const

/** The largest batch that is not above what is left to do. */
export const batchFor = (left: number): number => batches.find((size) => size <= left) ?? 1

/** Width of y: what moves. */
export const movingPixels = ({ inputs, targets }: ModelDescription): number => targets ?? inputs

/** The graphs of a kind of field, compiled when first needed: weights, the held image and points are their inputs. */
export class FieldGraphs {
  readonly #batches = new Map<number, Promise<BatchedGraph>>()
  readonly #jacobians = new Map<'force' | 'field', Promise<JacobianGraph>>()

  constructor(
    private readonly compiler: GraphCompiler,
    private readonly description: ModelDescription,
    private readonly slots: Slots,
  ) {}

  get dtype(): GraphCompiler['dtype'] {
    return this.compiler.dtype
  }

  /** Outputs `field`, `reconstruction`, `force` where it is not the field, `energy` where there is one. */
  batch(size: number): Promise<BatchedGraph> {
    return remembered(this.#batches, size, () => {
      const { energy, force, field, reconstruction } = this.#nodes(size).nodes
      const outputs = { field, reconstruction, ...(energy && { energy }), ...(force !== field && { force }) }
      return BatchedGraph.compile(this.compiler, outputs, size)
    })
  }

  jacobian(of: 'force' | 'field'): Promise<JacobianGraph> {
    return remembered(this.#jacobians, of, () =>
      JacobianGraph.compile(this.compiler, movingPixels(this.description), (rows) => {
        const { y, nodes } = this.#nodes(rows)
        return { y, output: nodes[of] }
      }),
    )
  }

  async dispose(): Promise<void> {
    for (const graph of [...this.#batches.values(), ...this.#jacobians.values()]) await (await graph).dispose()
  }

  #nodes(rows: number): { y: Node; nodes: FieldNodes } {
    const { description, slots } = this
    const [x, y] = [input('x', [1, description.inputs]), input('y', [rows, movingPixels(description)])]
    return { y, nodes: fieldNodes(description, weightInputs(description), slots, x, y) }
  }
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}
