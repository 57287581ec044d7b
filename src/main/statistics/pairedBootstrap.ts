/** Samples of a bootstrap: drawn anew, an end of a 95 % interval would move by less than 1 % of its length. */
export const resamples = 10_000

/** What is drawn as one: an image, or all that were made of one image. */
interface Units {
  k: number
  /** [k], images of a unit. */
  sizes: Int32Array
  /** [k, classifiers], how many of them a classifier gets wrong. */
  wrong: Int32Array
}

/**
 * Bootstrap of the errors of classifiers on the same images (Efron & Tibshirani 1993, "An Introduction to the
 * Bootstrap", sections 8.3 and 13.3): images are drawn with replacement, the same for all classifiers, so that what an
 * image is hard for is paired. Where images were made of others, all of one source are drawn together.
 * @param wrong a list [n] a classifier, 1 where it errs, else 0; n > 0
 * @param clusters [n], the source of each image; null: each is one of its own
 * @param uniform draws from [0, 1); its seed decides the interval
 * @returns the 95 % percentile interval of (error of classifier a) - (error of classifier b), as fractions
 */
export function pairedBootstrap(
  wrong: readonly ArrayLike<number>[],
  clusters: ArrayLike<number> | null,
  uniform: () => number,
): (a: number, b: number) => [number, number] {
  const units = unitsOf(wrong, clusters)
  const counts = wrong.map(() => new Int32Array(resamples))
  const sizes = new Int32Array(resamples)
  const sums = new Int32Array(wrong.length)
  for (let sample = 0; sample < resamples; sample++) {
    sizes[sample] = draw(units, uniform, sums)
    for (let classifier = 0; classifier < sums.length; classifier++) counts[classifier][sample] = sums[classifier]
  }
  return (a, b) =>
    percentiles(
      sizes.map((_, sample) => counts[a][sample] - counts[b][sample]),
      sizes,
    )
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

function unitsOf(wrong: readonly ArrayLike<number>[], clusters: ArrayLike<number> | null): Units {
  const classifiers = wrong.length
  const n = wrong[0].length
  const places = new Map<number, number>()
  const placeOf = (image: number): number => {
    const cluster = clusters === null ? image : clusters[image]
    const place = places.get(cluster) ?? places.size
    places.set(cluster, place)
    return place
  }
  const unit = Int32Array.from({ length: n }, (_, image) => placeOf(image))
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

/** The values that 2.5 % of the samples lie below, and above; the ends change places and sign as a and b do. */
function percentiles(differences: Int32Array, sizes: Int32Array): [number, number] {
  const sorted = Float64Array.from(differences, (difference, sample) => difference / sizes[sample]).sort()
  const beyond = Math.floor(0.025 * (sorted.length + 1))
  return [sorted[beyond - 1], sorted[sorted.length - beyond]]
}
