import { permutation } from '../../compute/random'
import { int32, type Tensor } from '../../compute/tensor'

/**
 * Row numbers of the steps of an epoch: each epoch visits the rows in another order, and leaves out those at its end that
 * do not fill a batch.
 */
export class EpochOrder {
  #epoch = -1
  #order = new Int32Array(0)

  constructor(
    private readonly seed: number,
    private readonly stream: number,
    private readonly n: number,
    private readonly batchSize: number,
  ) {}

  /** @param first step within the epoch @returns int32 [count, B] */
  rows(epoch: number, first: number, count: number): Tensor {
    if (epoch !== this.#epoch) {
      this.#order = new Int32Array(permutation(this.seed, this.stream, epoch, this.n))
      this.#epoch = epoch
    }
    const at = first * this.batchSize
    return int32(this.#order.slice(at, at + count * this.batchSize), [count, this.batchSize])
  }
}
