/**
 * xoshiro128** (Blackman & Vigna 2018), started by splitmix32 from a seed and a stream: streams of one seed are
 * independent, so drawing more from one changes no other.
 */
export class Random {
  readonly #state = new Uint32Array(4)

  constructor(seed: number, stream: number) {
    let mixed = mix(seed >>> 0) ^ mix((stream + 0x51ed270b) >>> 0)
    for (let i = 0; i < 4; i++) {
      mixed = (mixed + 0x9e3779b9) >>> 0
      this.#state[i] = mix(mixed)
    }
    // An all-zero state would stay zero.
    this.#state[0] |= 1
  }

  /** 32 random bits. */
  word(): number {
    const state = this.#state
    const result = Math.imul(rotate(Math.imul(state[1], 5), 7), 9) >>> 0
    const shifted = state[1] << 9
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = rotate(state[3], 11)
    return result
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.word() / 2 ** 32
  }

  /** A whole number, low..high, both included; free of bias. */
  integer(low: number, high: number): number {
    const range = high - low + 1
    const fair = 2 ** 32 - (2 ** 32 % range)
    for (;;) {
      const word = this.word()
      if (word < fair) return low + (word % range)
    }
  }

  /** 1, 2, 3, ...: how many tries it takes until one succeeds with probability p, 0 < p < 1. */
  geometric(p: number): number {
    return 1 + Math.floor(Math.log1p(-this.uniform()) / Math.log1p(-p))
  }

  /** A random order of 0..n-1 (Fisher-Yates). */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i)
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(0, i)
      const swapped = order[i]
      order[i] = order[j]
      order[j] = swapped
    }
    return order
  }
}

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))

/** The finaliser of splitmix32 (MurmurHash3's with other constants). */
function mix(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
