/**
 * p-values of several tests, corrected so that the chance of one wrong rejection among all is held (Holm 1979, "A simple
 * sequentially rejective multiple test procedure", Scand. J. Statist. 6, 65-70): the i-th smallest of m becomes the
 * largest of min(1, (m - j + 1) p_(j)) over j <= i. Holds whatever the tests have in common.
 * @returns in the order of `p`
 */
export function holm(p: readonly number[]): number[] {
  const corrected = new Array<number>(p.length)
  let largest = 0
  const ascending = p.map((_, index) => index).sort((a, b) => p[a] - p[b])
  for (const [rank, index] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (p.length - rank) * p[index]))
    corrected[index] = largest
  }
  return corrected
}
