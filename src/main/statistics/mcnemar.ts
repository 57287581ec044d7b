/**
 * Exact two-sided test of McNemar that two classifiers err equally often on the images that both were given (McNemar
 * 1947, "Note on the sampling error of the difference between correlated proportions or percentages", Psychometrika 12,
 * 153-157; by the binomial instead of its approximation, as in Agresti 2013, "Categorical Data Analysis", section 11.1).
 * Images that both get right or both get wrong tell nothing; of the others each is either's alone with probability 1/2:
 * p = min(1, 2 P(X <= min(onlyA, onlyB))), X ~ Binomial(onlyA + onlyB, 1/2). Assumes images drawn independently.
 * @param onlyA images that a alone gets wrong @param onlyB that b alone gets wrong
 * @returns p; 1 where no image is told apart
 */
export async function exactMcNemar(onlyA: number, onlyB: number): Promise<number> {
  if (onlyA === onlyB) return 1
  // Compiles as it is imported, which costs 20 ms that only a comparison needs.
  const { bdtr, compiled } = await import('cephes')
  await compiled
  return Math.min(1, 2 * bdtr(Math.min(onlyA, onlyB), onlyA + onlyB, 0.5))
}
