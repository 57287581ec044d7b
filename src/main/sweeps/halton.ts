import { permutation } from '../compute/random'

/** Digits that tell two points apart: of 32 bits. */
const bits = 32

/** Stream of the draws, apart from all that a training draws. */
const stream = 0x5eed

/**
 * Points of a scrambled Halton sequence: the digits of the number of the point in another prime base for each axis, each
 * digit sent through a permutation that the seed draws (Owen 2017, "A randomized Halton algorithm in R"). Any first part
 * of the sequence fills the cube evenly, so a sweep can go on where it stopped.
 * @returns point `index` (from 0), each coordinate in [0, 1)
 */
export function haltonPoint(seed: number, index: number, dimensions: number): number[] {
  return primes(dimensions).map((base, axis) => {
    const digits = Math.ceil(bits / Math.log2(base))
    let [value, scale, rest] = [0, 1 / base, index]
    for (let place = 0; place < digits; place++) {
      const scrambled = permutation(seed, stream + axis, place, base)[rest % base] ?? 0
      value += scrambled * scale
      scale /= base
      rest = Math.floor(rest / base)
    }
    // The sum of the largest digits may round to one.
    return Math.min(value, 1 - 2 ** -bits)
  })
}

function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}
