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
  /** [n, D] each */
  field: Float64Array
  reconstruction: Float64Array
  /** [n] */
  energy: Float64Array
}

/** Width of y: what moves. */
export const movingPixels = ({ inputs, targets }: ModelDescription): number => targets ?? inputs

/** Evaluates a field F(y|x), its energy and its Jacobian at any points, in the precision of the back end. */
export class FieldModel {
  readonly #graphs = new Map<number, Promise<BatchedGraph>>()
  #jacobian: Promise<JacobianGraph> | null = null
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

  /** @param points [n, D] */
  async at(points: Float64Array): Promise<FieldValues> {
    const { pixels } = this
    const n = points.length / pixels
    const values = {
      field: new Float64Array(n * pixels),
      reconstruction: new Float64Array(n * pixels),
      energy: new Float64Array(n),
    }
    for (let start = 0; start < n;) {
      const batch = batches.find((size) => size <= n - start) ?? 1
      const graph = await this.#graph(batch)
      const rows = points.subarray(start * pixels, (start + batch) * pixels)
      const { field, reconstruction, energy } = await graph.run(batch, { y: rows }, this.#fixed, this.breathe)
      values.field.set(field, start * pixels)
      values.reconstruction.set(reconstruction, start * pixels)
      values.energy.set(energy, start)
      start += batch
    }
    return values
  }

  /** ∂F_i/∂y_j at a point [D]. @returns [D, D], row i */
  async jacobian(point: Float64Array): Promise<Float64Array> {
    const { description, slots } = this.source
    this.#jacobian ??= JacobianGraph.compile(this.backend, this.pixels, (rows) => {
      const y = input('y', [rows, this.pixels])
      const x = input('x', [1, description.inputs])
      return { y, output: fieldNodes(description, weightInputs(description), slots, x, y).field }
    })
    return (await this.#jacobian).at(point, this.#fixed, this.breathe)
  }

  async dispose(): Promise<void> {
    for (const graph of this.#graphs.values()) await (await graph).dispose()
    await (await this.#jacobian)?.dispose()
  }

  #graph(batch: number): Promise<BatchedGraph> {
    let compiled = this.#graphs.get(batch)
    if (compiled === undefined) {
      const { description, slots } = this.source
      const y = input('y', [batch, this.pixels])
      const nodes = fieldNodes(description, weightInputs(description), slots, input('x', [1, description.inputs]), y)
      compiled = BatchedGraph.compile(this.backend, { ...nodes }, batch)
      this.#graphs.set(batch, compiled)
    }
    return compiled
  }
}
