import { setImmediate } from 'node:timers/promises'
import { percentileInterval, resamples } from './pairedBootstrap'

/** What is drawn as one: all images that were made of one image. */
interface Units {
  k: number
  /** [k], images of a unit. */
  sizes: Int32Array
  /** [k, classifiers], how many of them a classifier gets wrong. */
  wrong: Int32Array
}

/** Sources that are drawn before others have their turn: some milliseconds. */
const drawsOfTurn = 200_000

/**
 * Paired bootstrap of the errors of classifiers on the same images, where images were made of others: all of one source
 * are drawn together (Davison & Hinkley 1997, "Bootstrap Methods and their Application", section 3.8), the same for all
 * classifiers.
 * @param wrong a list [n] a classifier, 1 where it errs, else 0; n > 0
 * @param clusters [n], the source of each image
 * @param uniform draws from [0, 1); its seed decides the interval
 * @returns the 95 % percentile interval of (error of classifier a) - (error of classifier b), as fractions
 */
export async function clusteredBootstrap(
  wrong: readonly ArrayLike<number>[],
  clusters: ArrayLike<number>,
  uniform: () => number,
): Promise<(a: number, b: number) => [number, number]> {
  const units = unitsOf(wrong, clusters)
  const counts = wrong.map(() => new Int32Array(resamples))
  const sizes = new Int32Array(resamples)
  const sums = new Int32Array(wrong.length)
  const turn = Math.ceil(drawsOfTurn / units.k)
  for (let sample = 0; sample < resamples; sample++) {
    if (sample % turn === 0) await setImmediate()
    sizes[sample] = draw(units, uniform, sums)
    for (let classifier = 0; classifier < sums.length; classifier++) counts[classifier][sample] = sums[classifier]
  }
  return (a, b) =>
    percentileInterval(Float64Array.from(sizes, (size, sample) => (counts[a][sample] - counts[b][sample]) / size))
}

/** One sample of k units. @param sums gets the wrong answers of each classifier @returns its images */
function draw({ k, sizes, wrong }: Units, uniform: () => number, sums: Int32Array): number {
  const classifiers = sums.length
  let size = 0
  sums.fill(0)
  for (let i = 0; i < k; i++) {
    const unit = Math.floor(uniform() * k)
    size += sizes[unit]
    for (let classifier = 0; classifier < classifiers; classifier++) {
      sums[classifier] += wrong[unit * classifiers + classifier]
    }
  }
  return size
}

function unitsOf(wrong: readonly ArrayLike<number>[], clusters: ArrayLike<number>): Units {
  const classifiers = wrong.length
  const n = clusters.length
  const places = new Map<number, number>()
  const placeOf = (cluster: number): number => {
    const place = places.get(cluster) ?? places.size
    places.set(cluster, place)
    return place
  }
  const unit = Int32Array.from(clusters, placeOf)
  const k = places.size
  const units: Units = { k, sizes: new Int32Array(k), wrong: new Int32Array(k * classifiers) }
  for (let image = 0; image < n; image++) {
    units.sizes[unit[image]]++
    for (let classifier = 0; classifier < classifiers; classifier++) {
      units.wrong[unit[image] * classifiers + classifier] += wrong[classifier][image]
    }
  }
  return units
}
