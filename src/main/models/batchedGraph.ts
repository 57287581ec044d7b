import type { Executable, GraphCompiler } from '../compute/engine'
import { graph, inputName, type Node, type Shape } from '../compute/graph'
import { float32, float64, type Tensor, type Tensors } from '../compute/tensor'

export type Floats = Float32Array | Float64Array

/** Called between batches: lets messages in, throws to stop. */
export type Breathe = () => Promise<void>

/**
 * A compiled graph that runs over any number of rows, a batch at a time. Its row inputs and all its outputs have a
 * leading batch axis; its other inputs are the same for all batches.
 */
export class BatchedGraph {
  private constructor(
    private readonly executable: Executable,
    private readonly batch: number,
    private readonly widths: Readonly<Record<string, number>>,
    /** Names of the inputs that the outputs depend on; no other is fed. */
    readonly inputs: ReadonlySet<string>,
  ) {}

  /** @param outputs nodes of shape [batch, ...] */
  static async compile(backend: GraphCompiler, outputs: Record<string, Node>, batch: number): Promise<BatchedGraph> {
    const widths = Object.entries(outputs).map(([name, { shape }]) => [name, shape.reduce((a, b) => a * b, 1) / batch])
    const built = graph(outputs)
    const names = built.inputs.map((node) => inputName(node)).filter((name) => name !== null)
    const executable = await backend.compile(built)
    return new BatchedGraph(executable, batch, Object.fromEntries(widths) as Record<string, number>, new Set(names))
  }

  /**
   * Inputs that the outputs do not depend on are left out.
   * @param rows [n, width] each; the last batch is filled up with zeros, whose results are dropped
   * @returns the outputs, [n, ...] each
   */
  async run(
    n: number,
    rows: Readonly<Record<string, Floats>>,
    fixed: Tensors,
    breathe: Breathe = () => Promise.resolve(),
  ): Promise<Record<string, Floats>> {
    const results: Record<string, Floats> = {}
    for (let start = 0; start < n; start += this.batch) {
      const count = Math.min(this.batch, n - start)
      const inputs: Record<string, Tensor> = {}
      for (const [name, tensor] of Object.entries(fixed)) if (this.inputs.has(name)) inputs[name] = tensor
      for (const [name, data] of Object.entries(rows)) {
        if (this.inputs.has(name)) inputs[name] = this.rowsAt(data, data.length / n, start, count)
      }
      const outputs = await this.executable.run(inputs)
      for (const [name, width] of Object.entries(this.widths)) {
        const data = outputs[name].data as Floats
        results[name] ??= data instanceof Float64Array ? new Float64Array(n * width) : new Float32Array(n * width)
        results[name].set(data.subarray(0, count * width), start * width)
      }
      await breathe()
    }
    return results
  }

  dispose(): Promise<void> {
    return this.executable.dispose()
  }

  private rowsAt(data: Floats, width: number, start: number, count: number): Tensor {
    const part = data.subarray(start * width, (start + count) * width)
    if (count === this.batch) return floats(part, [count, width])
    const padded =
      data instanceof Float64Array ? new Float64Array(this.batch * width) : new Float32Array(this.batch * width)
    padded.set(part)
    return floats(padded, [this.batch, width])
  }
}

export const floats = (data: Floats, shape: Shape): Tensor =>
  data instanceof Float64Array ? float64(data, shape) : float32(data, shape)

/** Weights of a saved model as inputs of a graph. */
export function weightTensors(
  weights: Readonly<Record<string, { shape: Shape; data: Floats }>>,
  prefix = '',
): Record<string, Tensor> {
  const entries = Object.entries(weights).map(([name, { shape, data }]) => [`${prefix}${name}`, floats(data, shape)])
  return Object.fromEntries(entries) as Record<string, Tensor>
}
