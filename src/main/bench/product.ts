import type { Backend, Executable } from '../compute/backend'
import { graph, input } from '../compute/graph'
import { matmul } from '../compute/ops'
import { uniforms } from '../compute/random'
import { float32, type Tensor } from '../compute/tensor'

const size = 2048

/** Floating-point operations of one product. */
export const productFlops = 2 * size ** 3

/** A product of two 2048 x 2048 matrices: what the engine can do at its best. */
export class ReferenceProduct {
  private constructor(
    private readonly executable: Executable,
    private readonly operands: Record<'a' | 'b', Tensor>,
  ) {}

  static async compile(backend: Backend): Promise<ReferenceProduct> {
    const shape = [size, size]
    const operand = (stream: number) => float32(Float32Array.from(uniforms(1, stream, 0, size * size)), shape)
    const executable = await backend.compile(graph({ product: matmul(input('a', shape), input('b', shape)) }))
    return new ReferenceProduct(executable, { a: operand(1), b: operand(2) })
  }

  async run(): Promise<void> {
    await this.executable.run(this.operands)
  }
}
