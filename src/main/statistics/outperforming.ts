import type { Verdict } from '../../shared/significance'
import { pairedBootstrap, percentileInterval, resamples } from './pairedBootstrap'

/** How often one is better than another: ties count half. */
export interface Outperforming {
  probability: number
  /** 95 %, by a percentile bootstrap. */
  interval: [number, number]
}

/**
 * P(A better than B), the probability of outperforming (Bouthillier et al. 2021, "Accounting for Variance in Machine
 * Learning Benchmarks", MLSys 3), of pairs trained by one seed on one set of data: the share of pairs in which
 * A is better, and what it becomes in pairs drawn with replacement.
 * @param differences a figure of a minus that of b, of which less is better; not empty
 */
export function outperformingOfPairs(differences: readonly number[], uniform: () => number): Outperforming {
  const n = differences.length
  const wins = differences.filter((difference) => difference < 0).length
  const losses = differences.filter((difference) => difference > 0).length
  // P = (1 + (wins - losses) / n) / 2, and the bootstrap knows the interval of such a difference.
  const share = (difference: number) => (1 + difference) / 2
  const [low, high] = pairedBootstrap({ n, onlyA: wins, onlyB: losses }, uniform)
  return { probability: share((wins - losses) / n), interval: [share(low), share(high)] }
}

/**
 * The same of two lots that are not paired: the share of all pairs of one of `a` and one of `b` in which a is better
 * (Mann & Whitney 1947); each lot is drawn anew by itself.
 * @param a,b figures of which less is better; not empty
 */
export function outperforming(a: readonly number[], b: readonly number[], uniform: () => number): Outperforming {
  const values = [...new Set([...a, ...b])].sort((one, other) => one - other)
  const places = (of: readonly number[]) => of.map((value) => values.indexOf(value))
  const [placesA, placesB] = [places(a), places(b)]
  const drawn = (of: readonly number[]) => of.map(() => of[Math.floor(uniform() * of.length)])
  const shares = Float64Array.from({ length: resamples }, () =>
    shareBetter(drawn(placesA), drawn(placesB), values.length),
  )
  return { probability: shareBetter(placesA, placesB, values.length), interval: percentileInterval(shares) }
}

/** @param a,b places of values in their order, below `count` */
function shareBetter(a: readonly number[], b: readonly number[], count: number): number {
  const ofA = new Int32Array(count)
  const ofB = new Int32Array(count)
  for (const place of a) ofA[place]++
  for (const place of b) ofB[place]++
  let better = 0
  for (let place = 0, below = 0; place < count; place++) {
    better += ofB[place] * (below + ofA[place] / 2)
    below += ofA[place]
  }
  return better / (a.length * b.length)
}

/** Above it an improvement is one that matters (Bouthillier et al. 2021). */
const meaningfulShare = 0.75

/**
 * In words of Bouthillier et al. 2021: significant where the interval lies on one side of 1/2, meaningful where it also
 * reaches beyond 3/4. Not so with so few runs that even the clearest result could be chance: with n pairs the sign test
 * cannot fall below 2^(1-n), with n and m runs that of ranks not below 2 n! m! / (n+m)!; both have to reach 5 %.
 * @param runs pairs, or runs of each lot
 */
export function verdictOf({ interval: [low, high] }: Outperforming, runs: number | [number, number]): Verdict {
  if (smallestP(runs) > 0.05) return 'few'
  if (low <= 0.5 && high >= 0.5) return 'undecided'
  return (low > 0.5 ? high : 1 - low) > meaningfulShare ? 'meaningful' : 'significant'
}

function smallestP(runs: number | [number, number]): number {
  if (typeof runs === 'number') return 2 ** (1 - runs)
  const [n, m] = runs
  let ways = 1
  for (let i = 1; i <= n; i++) ways *= (m + i) / i
  return 2 / ways
}
