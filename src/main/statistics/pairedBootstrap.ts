import { binomialDraw } from './binomialDraw'

/** Samples of a bootstrap: drawn anew, an end of a 95 % interval would move by less than 1 % of its length. */
export const resamples = 10_000

/** Two classifiers on the same n images, and how many of these one alone gets wrong. */
export interface PairedErrors {
  n: number
  onlyA: number
  onlyB: number
}

/**
 * Paired bootstrap of the difference of two errors (Efron & Tibshirani 1993, "An Introduction to the Bootstrap", sections
 * 8.3 and 13.3): n images drawn with replacement, each with what both make of it. Of a sample only the counts of the two
 * kinds of image matter that tell the classifiers apart, and these are multinomial: they are drawn as such, the first by
 * its binomial, the other by that of what is left.
 * @param uniform draws from [0, 1); its seed decides the interval
 * @returns the 95 % percentile interval of (error of a) - (error of b), as fractions
 */
export function pairedBootstrap({ n, onlyA, onlyB }: PairedErrors, uniform: () => number): [number, number] {
  if (onlyA < onlyB) {
    // The ends change places and signs as a and b do.
    const [low, high] = pairedBootstrap({ n, onlyA: onlyB, onlyB: onlyA }, uniform)
    return [-high, -low]
  }
  const draw = binomialDraw(n, onlyA / n)
  const drawsOfRest = new Map<number, (uniform: number) => number>()
  const share = onlyB === 0 ? 0 : onlyB / (n - onlyA)
  const differences = Float64Array.from({ length: resamples }, () => {
    const a = draw(uniform())
    const drawRest = drawsOfRest.get(a) ?? binomialDraw(n - a, share)
    drawsOfRest.set(a, drawRest)
    return (a - drawRest(uniform())) / n
  })
  return percentileInterval(differences)
}

/** What 2.5 % of the differences of samples lie at or below, and at or above. @param differences [resamples], is sorted */
export function percentileInterval(differences: Float64Array): [number, number] {
  const beyond = Math.floor(0.025 * (resamples + 1))
  differences.sort()
  return [differences[beyond - 1], differences[resamples - beyond]]
}
