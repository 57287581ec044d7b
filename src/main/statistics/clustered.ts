import { wilsonInterval } from './wilson'

export interface ShareInterval {
  /** 95 %, as fractions. */
  interval: [number, number]
  /** Clusters that the trials fall into; null where each is one of its own. */
  clusters: number | null
  /** Independent trials that tell as much: n without clusters. */
  effective: number
}

/**
 * 95 % interval of a share whose trials come in clusters, variations of one image for one. The design effect (Kish 1965)
 * is the share's variance between clusters (ratio estimator) by that of independent trials, at least 1; Wilson's
 * interval is then that of n / (design effect) trials. Where none or all succeed nothing tells the effect: a cluster
 * counts as one trial.
 * @param successes [n], 0 or 1 @param clusters [n], a number a trial; null: trials are independent
 */
export function shareInterval(successes: ArrayLike<number>, clusters: ArrayLike<number> | null): ShareInterval {
  const n = successes.length
  let count = 0
  for (let trial = 0; trial < n; trial++) count += successes[trial]
  const share = count / n
  const sums = new Map<number, { size: number; count: number }>()
  for (let trial = 0; clusters !== null && trial < n; trial++) {
    const found = sums.get(clusters[trial]) ?? { size: 0, count: 0 }
    sums.set(clusters[trial], { size: found.size + 1, count: found.count + successes[trial] })
  }
  const k = sums.size
  if (k === 0 || k === n) return { interval: wilsonInterval(count, n), clusters: null, effective: n }
  const effective = Math.min(n, effectiveTrials([...sums.values()], share, n))
  return { interval: wilsonInterval(share * effective, effective), clusters: k, effective }
}

function effectiveTrials(clusters: readonly { size: number; count: number }[], share: number, n: number): number {
  const k = clusters.length
  const independent = (share * (1 - share)) / n
  // One cluster has no variance between clusters either.
  if (independent === 0 || k === 1) return k
  const squares = clusters.reduce((sum, { size, count }) => sum + (count - share * size) ** 2, 0)
  const between = ((squares / n ** 2) * k) / (k - 1)
  return n / Math.max(1, between / independent)
}
