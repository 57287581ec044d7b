import type { EnergyError, Evaluation } from '../../shared/runs'
import type { SplitResult } from '../../shared/trainer'
import type { PixelStatistics } from '../../shared/trainingStatistics'
import { shareInterval, type ShareInterval } from '../statistics/clustered'
import { wilsonInterval } from '../statistics/wilson'

/** Several splits as one: counts add up, losses are means over all examples. */
export function mergeResults(split: string, results: readonly SplitResult[]): SplitResult {
  const [first] = results
  if (first !== undefined && results.length === 1) return first
  const evaluations = results.map((result) => result.evaluation)
  const n = evaluations.reduce((sum, evaluation) => sum + evaluation.n, 0)
  const mean = (of: (evaluation: SplitResult['evaluation']) => number | null): number | null =>
    evaluations.reduce<number | null>((sum, evaluation) => {
      const value = of(evaluation)
      return sum === null || value === null ? null : sum + (value * evaluation.n) / n
    }, 0)
  const error = mean((evaluation) => evaluation.error)
  const found = error === null ? null : mergedInterval(results, error, n)
  const confusion = evaluations.reduce<number[][] | null>((sum, { confusion: one }) => {
    if (sum === null) return one
    return sum.map((row, label) => row.map((count, predicted) => count + (one?.[label]?.[predicted] ?? 0)))
  }, null)
  return {
    evaluation: {
      split,
      n,
      loss: mean((evaluation) => evaluation.loss),
      error,
      errorInterval: found?.interval ?? null,
      nll: mean((evaluation) => evaluation.nll),
      confusion,
      ...(found?.clusters == null ? {} : { sources: found.clusters }),
      ...mergedEnergies(evaluations, n, found?.effective ?? n),
      ...mergedPixels(evaluations),
      ...evaluations.reduce<Pick<Evaluation, 'scoreMatching'>>(
        (found, { scoreMatching }) => (scoreMatching === undefined ? found : { scoreMatching }),
        {},
      ),
    },
    labels: joined(
      Int32Array,
      results.map((result) => result.labels),
    ),
    predicted: joined(
      Int32Array,
      results.map((result) => result.predicted),
    ),
    scores: joined(
      Float32Array,
      results.map((result) => result.scores),
    ),
  }
}

/** Of all images of several splits; no source image is in two of them. */
function mergedInterval(results: readonly SplitResult[], error: number, n: number): ShareInterval {
  const wrong: number[] = []
  const clusters: number[] = []
  let first = 0
  for (const { labels, predicted, sources } of results) {
    if (labels === null || predicted === null || !sources) {
      return { interval: wilsonInterval(Math.round(error * n), n), clusters: null, effective: n }
    }
    labels.forEach((label, row) => wrong.push(Number(predicted[row] !== label)))
    sources.forEach((source) => clusters.push(first + source))
    first += sources.reduce((most, source) => Math.max(most, source), 0) + 1
  }
  return shareInterval(wrong, clusters)
}

/** @param effective independent images that tell as much as the n */
function mergedEnergies(
  evaluations: readonly Evaluation[],
  n: number,
  effective: number,
): Pick<Evaluation, 'energies'> {
  const merged = (energy: 'conditional' | 'diagonal'): EnergyError | null => {
    let [error, nll] = [0, 0]
    for (const { energies, n: count } of evaluations) {
      if (energies === undefined) return null
      error += (energies[energy].error * count) / n
      nll += (energies[energy].nll * count) / n
    }
    const interval =
      effective === n ? wilsonInterval(Math.round(error * n), n) : wilsonInterval(error * effective, effective)
    return { error, errorInterval: interval, nll }
  }
  const [conditional, diagonal] = [merged('conditional'), merged('diagonal')]
  return conditional === null || diagonal === null ? {} : { energies: { conditional, diagonal } }
}

function mergedPixels(evaluations: readonly Evaluation[]): Pick<Evaluation, 'pixels'> {
  const of = (slot: 'x' | 'y'): PixelStatistics | null =>
    evaluations.reduce<{ n: number; found: PixelStatistics } | null>((merged, { pixels, n }) => {
      const own = pixels?.[slot] ?? null
      if (own === null) return merged
      if (merged === null) return { n, found: own }
      const all = merged.n + n
      const mean = (merged.found.mean * merged.n + own.mean * n) / all
      const ends = (one: { low: number; high: number }, other: { low: number; high: number }) => ({
        low: Math.min(one.low, other.low),
        high: Math.max(one.high, other.high),
      })
      const imageMeans = ends(merged.found.imageMeans, own.imageMeans)
      return { n: all, found: { ...ends(merged.found, own), mean, imageMeans } }
    }, null)?.found ?? null
  const x = of('x')
  return x === null ? {} : { pixels: { x, y: of('y') } }
}

/** One array after another; null where one is missing. */
function joined<Data extends Int32Array | Float32Array>(
  Kind: new (length: number) => Data,
  parts: readonly (Data | null)[],
): Data | null {
  const present = parts.filter((part) => part !== null)
  if (present.length < parts.length) return null
  const all = new Kind(present.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of present) {
    all.set(part, at)
    at += part.length
  }
  return all
}
