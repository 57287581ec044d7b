/** Terms below this share of the largest are never drawn: a uniform number of 32 bits tells no such share apart. */
const negligible = 1e-16

/**
 * Draws from Binomial(n, p) by the inverse of its distribution function (Devroye 1986, "Non-Uniform Random Variate
 * Generation", section III.2), summed outwards from the mode, where no term underflows.
 * @returns the count at a uniform number from [0, 1)
 */
export function binomialDraw(n: number, p: number): (uniform: number) => number {
  if (n === 0 || p === 0 || p === 1) return () => n * p
  const odds = p / (1 - p)
  const mode = Math.floor((n + 1) * p)
  const below: number[] = []
  for (let k = mode, term = 1; k > 0 && term > negligible; k--) below.push((term *= k / ((n - k + 1) * odds)))
  const above: number[] = []
  for (let k = mode, term = 1; k < n && term > negligible; k++) above.push((term *= ((n - k) * odds) / (k + 1)))
  let total = 0
  const cumulative = Float64Array.from([...below.toReversed(), 1, ...above], (term) => (total += term))
  return (uniform) => mode - below.length + firstAbove(cumulative, uniform * total)
}

/** The place of the first that is larger. @param ascending its last is */
function firstAbove(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}
