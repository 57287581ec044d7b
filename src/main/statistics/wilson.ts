/** 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054

/**
 * 95 % score interval of a proportion (Wilson 1927, "Probable inference, the law of succession, and statistical
 * inference", J. Am. Stat. Assoc. 22, 209-212).
 * @param count successes out of `n` trials, n > 0
 * @returns [low, high] as fractions
 */
export function wilsonInterval(count: number, n: number): [number, number] {
  const proportion = count / n
  const shrink = 1 + z ** 2 / n
  const centre = (proportion + z ** 2 / (2 * n)) / shrink
  const half = (z / shrink) * Math.sqrt((proportion * (1 - proportion)) / n + z ** 2 / (4 * n ** 2))
  // Rounding would leave the end of a share of none or of all a little beside it.
  return [count === 0 ? 0 : Math.max(0, centre - half), count === n ? 1 : Math.min(1, centre + half)]
}
