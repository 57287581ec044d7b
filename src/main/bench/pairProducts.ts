import type { ModelDescription } from '../../shared/model'
import type { Backend, Executable } from '../compute/backend'
import { graph, input, type Node } from '../compute/graph'
import { matmul } from '../compute/ops'
import { uniforms } from '../compute/random'
import { sizeOf } from '../compute/shapes'
import { float32, type Tensors } from '../compute/tensor'

/** Rows that the scorer runs at once: a gain's hundred others are padded to it. */
const others = 256

/**
 * The matrix products of one scored pair and nothing else: of the pair itself f_x, f_y, u, p and both reconstructions, and
 * of the others at the same x f_x, f_y and u.
 */
export class PairProducts {
  private constructor(
    private readonly executable: Executable,
    private readonly operands: Tensors,
  ) {}

  static async compile(
    backend: Backend,
    { inputs, targets, factors, mappings }: ModelDescription,
  ): Promise<PairProducts> {
    const [Dx, Dy, F, K] = [inputs, targets ?? inputs, factors ?? 1, mappings ?? 1]
    const shapes: Record<string, [number, number]> = {
      ...{ WX: [F, Dx], WY: [F, Dy], WM: [K, F] },
      ...{ x: [1, Dx], y: [1, Dy], f: [1, F], h: [1, K] },
      ...{ xs: [others, Dx], ys: [others, Dy], fs: [others, F] },
    }
    const of = (name: string): Node => input(name, shapes[name])
    const encode = (rows: string, weights: string) => matmul(of(rows), of(weights), { transB: true })
    const executable = await backend.compile(
      graph({
        ...{ fx: encode('x', 'WX'), fy: encode('y', 'WY'), u: encode('f', 'WM') },
        ...{ p: matmul(of('h'), of('WM')), rx: matmul(of('f'), of('WX')), ry: matmul(of('f'), of('WY')) },
        ...{ fxs: encode('xs', 'WX'), fys: encode('ys', 'WY'), us: encode('fs', 'WM') },
      }),
    )
    const operands = Object.entries(shapes).map(([name, shape], index) => [
      name,
      float32(Float32Array.from(uniforms(1, index, 0, sizeOf(shape))), shape),
    ])
    return new PairProducts(executable, Object.fromEntries(operands) as Tensors)
  }

  async run(): Promise<void> {
    await this.executable.run(this.operands)
  }

  dispose(): Promise<void> {
    return this.executable.dispose()
  }
}
