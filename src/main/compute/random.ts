/**
 * Random numbers by counting: number i of a stream is a mix of (seed, stream, step, i) and of nothing else, so that
 * neither the size of a chunk, nor the engine, nor a resume changes what is drawn.
 */

/** A 32-bit finaliser (multiply, xor-shift) of low bias: every input bit moves every output bit about half the time. */
function mix(value: number): number {
  let x = value ^ (value >>> 16)
  x = Math.imul(x, 0x21f0aaad)
  x ^= x >>> 15
  x = Math.imul(x, 0x735a2d97)
  return x ^ (x >>> 15)
}

/** Two independent 32-bit keys of a (seed, stream, step). */
function keys(seed: number, stream: number, step: number): [number, number] {
  const [a, b, c] = [mix(seed + 0x9e3779b9), mix(stream + 0x7f4a7c15), mix(step + 0x6a09e667)]
  const first = mix(mix(a + 0x3c6ef372) ^ b) + c
  const second = mix(mix(b + Math.imul(a, 0x85ebca6b)) + 0xbb67ae85) ^ Math.imul(c, 0xc2b2ae35)
  return [mix(first), mix(second)]
}

/** 32 random bits, signed: the counter enters with one key, the other key turns the mix into another permutation. */
function word(first: number, second: number, counter: number): number {
  let x = Math.imul(counter + first, 0x9e3779b1)
  x ^= x >>> 16
  x = Math.imul(x + second, 0x21f0aaad)
  x ^= x >>> 15
  x = Math.imul(x ^ first, 0x735a2d97)
  return x ^ (x >>> 15)
}

const resolution = 0x1_0000

/** One 16-bit draw: 0 where it is below the threshold, else 1. The sign bit says so, with no branch to mispredict. */
const keeps = (draw: number, threshold: number): number => ((draw - threshold) >>> 31) ^ 1

/** Fills `flags` with what corruption keeps: 0 with probability `level` (to 16 bits), else 1. */
export function fillKeepFlags(flags: Uint8Array, seed: number, stream: number, step: number, level: number): void {
  const [first, second] = keys(seed, stream, step)
  const threshold = Math.round(level * resolution)
  const even = flags.length & ~1
  for (let i = 0; i < even; i += 2) {
    const bits = word(first, second, i)
    flags[i] = keeps(bits & 0xffff, threshold)
    flags[i + 1] = keeps(bits >>> 16, threshold)
  }
  if (even < flags.length) flags[even] = keeps(word(first, second, even) & 0xffff, threshold)
}

/** 0 below the half, 2 from there to the threshold, else 1. */
const salted = (draw: number, half: number, threshold: number): number =>
  1 + ((draw - threshold) >>> 31) - 2 * ((draw - half) >>> 31)

/** Fills `codes` with what salt and pepper does: with probability `level` (to 16 bits) 0 or 2, equally often, else 1. */
export function fillSaltAndPepper(codes: Uint8Array, seed: number, stream: number, step: number, level: number): void {
  const [first, second] = keys(seed, stream, step)
  const threshold = Math.round(level * resolution)
  const half = threshold / 2
  const even = codes.length & ~1
  for (let i = 0; i < even; i += 2) {
    const bits = word(first, second, i)
    codes[i] = salted(bits & 0xffff, half, threshold)
    codes[i + 1] = salted(bits >>> 16, half, threshold)
  }
  if (even < codes.length) codes[even] = salted(word(first, second, even) & 0xffff, half, threshold)
}

/** Radius and cosine of Box and Muller for each 16-bit draw; a sine is a cosine a quarter of a turn on. */
const atDraw = (value: (uniform: number) => number): Float32Array =>
  Float32Array.from({ length: resolution }, (_, draw) => value((draw + 0.5) / resolution))
const radii = atDraw((uniform) => Math.sqrt(-2 * Math.log(uniform)))
const cosines = atDraw((uniform) => Math.cos(2 * Math.PI * uniform))
const quarterTurn = resolution / 4

/**
 * Fills `noise` with numbers of N(0, deviation²): Box and Muller by tables, two numbers a word. Twenty times as fast as
 * `gaussians` and as good for noise: radius and angle have 16 bits each, the largest number is 4.9 deviations.
 */
export function fillNoise(noise: Float32Array, seed: number, stream: number, step: number, deviation: number): void {
  const [first, second] = keys(seed, stream, step)
  const even = noise.length & ~1
  for (let i = 0; i < even; i += 2) {
    const bits = word(first, second, i)
    const radius = deviation * radii[bits >>> 16]
    noise[i] = radius * cosines[bits & 0xffff]
    noise[i + 1] = radius * cosines[(bits - quarterTurn) & 0xffff]
  }
  if (even < noise.length) {
    const bits = word(first, second, even)
    noise[even] = deviation * radii[bits >>> 16] * cosines[bits & 0xffff]
  }
}

/** @returns [count], as `fillKeepFlags` makes them */
export function keepFlags(seed: number, stream: number, step: number, count: number, level: number): Uint8Array {
  const flags = new Uint8Array(count)
  fillKeepFlags(flags, seed, stream, step, level)
  return flags
}

/** Numbers uniform in (0, 1), never at the ends. @returns [count] */
export function uniforms(seed: number, stream: number, step: number, count: number): Float64Array {
  const [first, second] = keys(seed, stream, step)
  return Float64Array.from({ length: count }, (_, i) => ((word(first, second, i) >>> 0) + 0.5) / 2 ** 32)
}

/** Numbers of the normal distribution N(0, 1), by Box and Muller. @returns [count] */
export function gaussians(seed: number, stream: number, step: number, count: number): Float64Array {
  const [first, second] = keys(seed, stream, step)
  const uniform = (i: number) => ((word(first, second, i) >>> 0) + 0.5) / 2 ** 32
  const out = new Float64Array(count)
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(uniform(i)))
    const angle = 2 * Math.PI * uniform(i + 1)
    out[i] = radius * Math.cos(angle)
    if (i + 1 < count) out[i + 1] = radius * Math.sin(angle)
  }
  return out
}

/** 0..n-1 in random order, by Fisher and Yates. @returns int32 [n] */
export function permutation(seed: number, stream: number, epoch: number, n: number): Int32Array {
  const [first, second] = keys(seed, stream, epoch)
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(((word(first, second, i) >>> 0) / 2 ** 32) * (i + 1))
    const last = order[i]
    order[i] = order[j]
    order[j] = last
  }
  return order
}
