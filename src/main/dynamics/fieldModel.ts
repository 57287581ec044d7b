import type { Slots } from '../../shared/dynamics'
import type { ModelDescription } from '../../shared/model'
import type { Shape } from '../compute/graph'
import { float32, float64, type Tensor } from '../compute/tensor'
import type { Breathe, Floats } from '../models/batchedGraph'
import { hasEnergy } from '../models/noEnergy'
import { mostJacobianPixels } from './jacobian'
import { batchFor, movingPixels, type FieldGraphs } from './fieldGraphs'
import type { WeightArrays } from '../models/weightArray'

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

/** Evaluates a field F(y|x), its energy and its Jacobian at any points, in the precision of its graphs. */
export class FieldModel {
  /** Weights and the held image, converted once. */
  readonly #fixed: Record<string, Tensor>
  readonly pixels: number

  constructor(
    private readonly graphs: FieldGraphs,
    readonly source: FieldSource,
    private readonly breathe: Breathe = () => Promise.resolve(),
  ) {
    const { weights, x, description } = source
    const tensor = (data: Floats, shape: Shape): Tensor =>
      graphs.dtype === 'float64' ? float64(new Float64Array(data), shape) : float32(new Float32Array(data), shape)
    const entries = Object.entries(weights).map(([name, { shape, data }]) => [name, tensor(data, shape)])
    this.#fixed = {
      ...(Object.fromEntries(entries) as Record<string, Tensor>),
      x: tensor(x, [1, description.inputs]),
    }
    this.pixels = movingPixels(description)
  }

  get hasEnergy(): boolean {
    return hasEnergy(this.source.description)
  }

  /** @param points [n, D] */
  async at(points: Float64Array): Promise<FieldValues> {
    const { pixels } = this
    const n = points.length / pixels
    const values = this.#empty(n)
    for (let start = 0; start < n;) {
      const batch = batchFor(n - start)
      const graph = await this.graphs.batch(batch)
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

  /** ∂_j of component i of the force, or of the field, at a point [D]. @returns [D, D], row i; null where that is too large */
  async jacobian(point: Float64Array, of: 'force' | 'field' = 'force'): Promise<Float64Array | null> {
    if (this.pixels > mostJacobianPixels) return null
    return (await this.graphs.jacobian(of)).at(point, this.#fixed, this.breathe)
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
}
