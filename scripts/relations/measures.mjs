// @ts-check
/** @param {ArrayLike<number>} values */
export const mean = (values) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

/**
 * Pearson's correlation of two images.
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
export function correlation(a, b) {
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb)
    aa += (a[i] - ma) ** 2
    bb += (b[i] - mb) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

/**
 * Share of (true, shuffled) couples in which the true one has more: the area under the ROC curve.
 * @param {number[]} own
 * @param {number[]} shuffled
 */
export function areaUnderCurve(own, shuffled) {
  let won = 0
  for (const a of own) for (const b of shuffled) won += a > b ? 1 : a === b ? 0.5 : 0
  return won / (own.length * shuffled.length)
}

/**
 * An image moved by whole pixels round its edges.
 * @param {ArrayLike<number>} image
 * @param {number} side
 * @param {readonly [number, number]} shift down and right
 */
export function shifted(image, side, [down, right]) {
  const modulo = (/** @type {number} */ value) => ((value % side) + side) % side
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [row, column] = [Math.floor(i / side), i % side]
    return image[modulo(row - down) * side + modulo(column - right)]
  })
}

/**
 * The shift that makes y of x.
 * @param {Float32Array} x
 * @param {Float32Array} y
 * @param {number} side
 * @param {number} largest
 * @returns {[number, number]}
 */
export function shiftOf(x, y, side, largest) {
  for (let down = -largest; down <= largest; down++) {
    for (let right = -largest; right <= largest; right++) {
      const moved = shifted(x, side, [down, right])
      if (moved.every((value, i) => value === y[i])) return [down, right]
    }
  }
  throw new Error('no shift makes y of x')
}

/**
 * Frequencies but zero; of each and its negative, one.
 * @param {number} side
 * @returns {[number, number][]} down and right
 */
function halfPlane(side) {
  const place = (/** @type {number} */ down, /** @type {number} */ right) => (down % side) * side + (right % side)
  return Array.from(
    { length: side * side },
    (_, i) => /** @type {[number, number]} */ ([Math.floor(i / side), i % side]),
  )
    .slice(1)
    .filter(([down, right]) => place(down, right) <= place(side - down, side - right))
}

/**
 * The strongest frequency of each filter, mean left out.
 * @param {Float32Array} filters [F, side²]
 * @param {number} side
 * @returns {number[]}
 */
export function strongestFrequencies(filters, side) {
  const pixels = side * side
  return Array.from({ length: filters.length / pixels }, (_, filter) => {
    let [best, most] = [0, -1]
    for (const [down, right] of halfPlane(side)) {
      let [re, im] = [0, 0]
      for (let i = 0; i < pixels; i++) {
        const angle = (2 * Math.PI * (down * Math.floor(i / side) + right * (i % side))) / side
        re += filters[filter * pixels + i] * Math.cos(angle)
        im += filters[filter * pixels + i] * Math.sin(angle)
      }
      if (re * re + im * im > most) [best, most] = [down * side + right, re * re + im * im]
    }
    return best
  })
}

/**
 * Whether no other shift of the image is nearer to a frame than the true one.
 * @param {ArrayLike<number>} frame
 * @param {ArrayLike<number>} image
 * @param {number} side
 * @param {readonly [number, number]} shift
 */
export function isNearest(frame, image, side, shift) {
  const own = correlation(frame, shifted(image, side, shift))
  const every = Array.from({ length: side * side }, (_, i) => shifted(image, side, [Math.floor(i / side), i % side]))
  return every.every((other) => correlation(frame, other) <= own + 1e-9)
}
