import type { GraphCompiler } from '../compute/engine'
import { gradients } from '../compute/gradient'
import { input, type Node } from '../compute/graph'
import type { Tensors } from '../compute/tensor'
import { BatchedGraph, type Breathe } from '../models/batchedGraph'

/** Rows of the Jacobian that one run gives. */
const mostRows = 64

/**
 * The Jacobian of a field by reverse mode: a batch of copies of one point, each with a unit vector as its seed, gives
 * that many rows. It holds for every model, also one whose field is no gradient.
 */
export class JacobianGraph {
  private constructor(
    private readonly graph: BatchedGraph,
    private readonly pixels: number,
  ) {}

  /** @param build the field [rows, D] of `y` [rows, D] */
  static async compile(
    backend: GraphCompiler,
    pixels: number,
    build: (rows: number) => { y: Node; output: Node },
  ): Promise<JacobianGraph> {
    const rows = Math.min(mostRows, pixels)
    const { y, output } = build(rows)
    const [product] = gradients(output, [y], input('seed', [rows, pixels]))
    return new JacobianGraph(await BatchedGraph.compile(backend, { rows: product }, rows), pixels)
  }

  /** @param point [D] @returns [D, D], row i the gradient of component i */
  async at(point: Float64Array, fixed: Tensors, breathe: Breathe): Promise<Float64Array> {
    const { pixels } = this
    const copies = new Float64Array(pixels * pixels)
    const seed = new Float64Array(pixels * pixels)
    for (let i = 0; i < pixels; i++) {
      copies.set(point, i * pixels)
      seed[i * pixels + i] = 1
    }
    const { rows } = await this.graph.run(pixels, { y: copies, seed }, fixed, breathe)
    return Float64Array.from(rows)
  }

  dispose(): Promise<void> {
    return this.graph.dispose()
  }
}

/** ‖J - Jᵀ‖_F / ‖J‖_F, exactly 0 for a symmetric J (Poincaré's criterion). @param jacobian [D, D] */
export function asymmetry(jacobian: Float64Array): number {
  const size = Math.round(Math.sqrt(jacobian.length))
  let difference = 0
  let total = 0
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      difference += (jacobian[i * size + j] - jacobian[j * size + i]) ** 2
      total += jacobian[i * size + j] ** 2
    }
  }
  return total === 0 ? 0 : Math.sqrt(difference / total)
}
