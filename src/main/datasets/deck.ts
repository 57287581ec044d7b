import type { Random } from './random'

/** 0..n-1 in random order, each once before any comes again. */
export class Deck {
  #order: Int32Array = new Int32Array(0)
  #next = 0

  constructor(
    private readonly n: number,
    private readonly random: Random,
  ) {}

  draw(): number {
    if (this.#next === this.#order.length) {
      this.#order = this.random.permutation(this.n)
      this.#next = 0
    }
    return this.#order[this.#next++]
  }
}
