import type { GraphCompiler } from '../compute/engine'
import { gradients } from '../compute/gradient'
import { input, type Node } from '../compute/graph'
import type { Tensors } from '../compute/tensor'
import { BatchedGraph, type Breathe } from '../models/batchedGraph'

/** Rows of the Jacobian that one run gives. */
const mostRows = 64
/** Pixels of the largest Jacobian: 134 MB. */
export const mostJacobianPixels = 4096

/**
 * The Jacobian of a field by reverse mode: a batch of copies of one point, each with a unit vector as its seed, gives
 * that many rows. It holds for every model, also one whose field is no gradient.
 */
export class JacobianGraph {
  private constructor(
    private readonly graph: BatchedGraph,
    private readonly pixels: number,
    private readonly rows: number,
  ) {}

  /** @param build the field [rows, D] of `y` [rows, D] */
  static async compile(
    compiler: GraphCompiler,
    pixels: number,
    build: (rows: number) => { y: Node; output: Node },
  ): Promise<JacobianGraph> {
    const rows = Math.min(mostRows, pixels)
    const { y, output } = build(rows)
    const [product] = gradients(output, [y], input('seed', [rows, pixels]))
    return new JacobianGraph(await BatchedGraph.compile(compiler, { product }, rows), pixels, rows)
  }

  /** @param point [D] @returns [D, D], row i the gradient of component i */
  async at(point: Float64Array, fixed: Tensors, breathe: Breathe): Promise<Float64Array> {
    const { pixels } = this
    const jacobian = new Float64Array(pixels * pixels)
    for (let first = 0; first < pixels; first += this.rows) {
      const count = Math.min(this.rows, pixels - first)
      const y = new Float64Array(count * pixels)
      const seed = new Float64Array(count * pixels)
      for (let row = 0; row < count; row++) {
        y.set(point, row * pixels)
        seed[row * pixels + first + row] = 1
      }
      const { product } = await this.graph.run(count, { y, seed }, fixed, breathe)
      jacobian.set(product, first * pixels)
    }
    return jacobian
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
