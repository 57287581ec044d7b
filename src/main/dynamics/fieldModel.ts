import type { Slots } from '../../shared/dynamics'
import type { ModelDescription } from '../../shared/model'
import type { Backend } from '../compute/backend'
import { input, type Shape } from '../compute/graph'
import { float32, float64, type Tensor } from '../compute/tensor'
import { BatchedGraph, type Breathe, type Floats } from '../models/batchedGraph'
import { weightInputs } from '../models/parameters'
import type { WeightArrays } from '../models/savedModel'
import { fieldNodes } from './fieldGraph'
import { JacobianGraph } from './jacobian'

/** Points that are evaluated together: the largest size that is not above what is left to do. */
const batches = [64, 8, 1] as const

/** One model with its held image: what the field is at any point. */
export interface FieldSource {
  description: ModelDescription
  weights: WeightArrays
  slots: Slots
  /** The held image [Dx]; where both slots move it is not read. */
  x: Floats
}

export interface FieldValues {
  /** F = r - y, the gradient of the energy (see `fieldNodes`), and r: [n, D] each */
  field: Float64Array
  force: Float64Array
  reconstruction: Float64Array
  /** [n]; null with a decoder of its own */
  energy: Float64Array | null
}

/** Width of y: what moves. */
export const movingPixels = ({ inputs, targets }: ModelDescription): number => targets ?? inputs

/** Evaluates a field F(y|x), its energy and its Jacobian at any points, in the precision of the back end. */
export class FieldModel {
  readonly #graphs = new Map<number, Promise<BatchedGraph>>()
  readonly #jacobians = new Map<'force' | 'field', Promise<JacobianGraph>>()
  /** Weights and the held image, converted once. */
  readonly #fixed: Record<string, Tensor>
  readonly pixels: number

  constructor(
    private readonly backend: Backend,
    readonly source: FieldSource,
    private readonly breathe: Breathe = () => Promise.resolve(),
  ) {
    const { weights, x, description } = source
    const tensor = (data: Floats, shape: Shape): Tensor =>
      backend.dtype === 'float64' ? float64(Float64Array.from(data), shape) : float32(Float32Array.from(data), shape)
    const entries = Object.entries(weights).map(([name, { shape, data }]) => [name, tensor(data, shape)])
    this.#fixed = {
      ...(Object.fromEntries(entries) as Record<string, Tensor>),
      x: tensor(x, [1, description.inputs]),
    }
    this.pixels = movingPixels(description)
  }

  get hasEnergy(): boolean {
    return this.source.description.decoder === 'tied'
  }

  /** @param points [n, D] */
  async at(points: Float64Array): Promise<FieldValues> {
    const { pixels } = this
    const n = points.length / pixels
    const values = this.#empty(n)
    for (let start = 0; start < n;) {
      const batch = batches.find((size) => size <= n - start) ?? 1
      const graph = await this.#graph(batch)
      const rows = points.subarray(start * pixels, (start + batch) * pixels)
      const results = await graph.run(batch, { y: rows }, this.#fixed, this.breathe)
      values.field.set(results.field, start * pixels)
      values.reconstruction.set(results.reconstruction, start * pixels)
      if (values.force !== values.field) values.force.set(results.force, start * pixels)
      values.energy?.set(results.energy, start)
      start += batch
    }
    return values
  }

  /** ∂_j of component i of the force, or of the field, at a point [D]. @returns [D, D], row i */
  jacobian(point: Float64Array, of: 'force' | 'field' = 'force'): Promise<Float64Array> {
    const { description, slots } = this.source
    const compiled =
      this.#jacobians.get(of) ??
      JacobianGraph.compile(this.backend, this.pixels, (rows) => {
        const y = input('y', [rows, this.pixels])
        const x = input('x', [1, description.inputs])
        return { y, output: fieldNodes(description, weightInputs(description), slots, x, y)[of] }
      })
    this.#jacobians.set(of, compiled)
    return compiled.then((graph) => graph.at(point, this.#fixed, this.breathe))
  }

  async dispose(): Promise<void> {
    for (const graph of this.#graphs.values()) await (await graph).dispose()
    for (const graph of this.#jacobians.values()) await (await graph).dispose()
  }

  #empty(n: number): FieldValues {
    const rows = () => new Float64Array(n * this.pixels)
    const field = rows()
    return {
      field,
      force: this.source.description.visible === 'gaussian' ? field : rows(),
      reconstruction: rows(),
      energy: this.hasEnergy ? new Float64Array(n) : null,
    }
  }

  #graph(batch: number): Promise<BatchedGraph> {
    let compiled = this.#graphs.get(batch)
    if (compiled === undefined) {
      const { description, slots } = this.source
      const y = input('y', [batch, this.pixels])
      const x = input('x', [1, description.inputs])
      const { energy, force, ...nodes } = fieldNodes(description, weightInputs(description), slots, x, y)
      const outputs = { ...nodes, ...(energy && { energy }), ...(force !== nodes.field && { force }) }
      compiled = BatchedGraph.compile(this.backend, outputs, batch)
      this.#graphs.set(batch, compiled)
    }
    return compiled
  }
}
