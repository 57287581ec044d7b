/** A seeded stream of numbers in [0, 1): mulberry32. */
export function stream(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Outline of a tall (label 0) or wide (label 1) rectangle, 28x28. */
export function rectangle(index: number): { pixels: Float32Array; label: number } {
  const random = stream(index + 1)
  const label = random() < 0.5 ? 0 : 1
  const [long, short] = [14 + Math.floor(random() * 12), 3 + Math.floor(random() * 8)]
  const [height, width] = label === 0 ? [long, short] : [short, long]
  const [top, left] = [Math.floor(random() * (28 - height)), Math.floor(random() * (28 - width))]
  const pixels = new Float32Array(784)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const edge = row === 0 || column === 0 || row === height - 1 || column === width - 1
      if (edge) pixels[(top + row) * 28 + left + column] = 1
    }
  }
  return { pixels, label }
}

/** Random dots and the same dots shifted, 13x13, on a torus. */
export function shiftedDots(index: number): { x: Float32Array; y: Float32Array } {
  const random = stream(index + 7)
  const [down, right] = [Math.floor(random() * 7) - 3, Math.floor(random() * 7) - 3]
  const x = Float32Array.from({ length: 169 }, () => (random() < 0.1 ? 1 : 0))
  const y = new Float32Array(169)
  for (let row = 0; row < 13; row++) {
    for (let column = 0; column < 13; column++) {
      y[((row + down + 13) % 13) * 13 + ((column + right + 13) % 13)] = x[row * 13 + column]!
    }
  }
  return { x, y }
}

/** The image, a little blurred and grayed: what a half-trained model might give back. */
export function blurred(pixels: Float32Array, side: number): Float32Array {
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= side || column >= side ? 0 : pixels[row * side + column]!
  return Float32Array.from(pixels, (value, index) => {
    const [row, column] = [Math.floor(index / side), index % side]
    const around = at(row - 1, column) + at(row + 1, column) + at(row, column - 1) + at(row, column + 1)
    return 0.72 * value + 0.07 * around - 0.02
  })
}
