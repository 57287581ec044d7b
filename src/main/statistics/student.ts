/** Loaded as it is asked for: it compiles as it is imported. */
async function beta() {
  const { incbet, incbi, compiled } = await import('cephes')
  await compiled
  return { incbet, incbi }
}

/** What a mean or a difference of means is uncertain by. */
export interface StudentTest {
  difference: number
  /** 95 %. */
  interval: [number, number]
  degrees: number
  /** Two-sided, of no difference. */
  p: number
}

/**
 * Student's t from a difference, its standard error and the degrees of freedom, which need not be whole:
 * p = I_x(df/2, 1/2) at x = df / (df + t²) (Abramowitz & Stegun 26.7.1), and the quantile by its inverse.
 * @param error over 0
 */
async function student(difference: number, error: number, degrees: number): Promise<StudentTest> {
  const { incbet, incbi } = await beta()
  const t = difference / error
  const x = incbi(degrees / 2, 0.5, 0.05)
  const half = error * Math.sqrt((degrees * (1 - x)) / x)
  return {
    difference,
    interval: [difference - half, difference + half],
    degrees,
    p: incbet(degrees / 2, 0.5, degrees / (degrees + t ** 2)),
  }
}

export interface Moments {
  n: number
  mean: number
  /** With n - 1; null of one value. */
  std: number | null
}

/** @param values not empty */
export function moments(values: readonly number[]): Moments {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  if (n === 1) return { n, mean, std: null }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  // Equal values have a mean that rounding may leave a little beside them.
  const std = values.every((value) => value === values[0]) ? 0 : Math.sqrt(squares / (n - 1))
  return { n, mean, std }
}

/**
 * The mean of paired differences against 0: the paired t test of "Student" (1908, "The probable error of a mean",
 * Biometrika 6, 1-25). Takes the differences as drawn independently of one normal distribution.
 * @returns null of fewer than two, or where all are the same: nothing then tells how uncertain their mean is
 */
export async function pairedT(differences: readonly number[]): Promise<StudentTest | null> {
  const { n, mean, std } = moments(differences)
  return std === null || std === 0 ? null : student(mean, std / Math.sqrt(n), n - 1)
}

/**
 * The mean of `a` minus that of `b`, drawn apart from each other, of unlike variances: Welch's t test (Welch 1947, "The
 * generalization of 'Student's' problem when several different population variances are involved", Biometrika 34, 28-35).
 * @returns null where one has fewer than two values, or neither has any spread
 */
export async function welchT(a: readonly number[], b: readonly number[]): Promise<StudentTest | null> {
  const [one, other] = [moments(a), moments(b)]
  if (one.std === null || other.std === null || one.std + other.std === 0) return null
  const [va, vb] = [one.std ** 2 / one.n, other.std ** 2 / other.n]
  const degrees = (va + vb) ** 2 / (va ** 2 / (one.n - 1) + vb ** 2 / (other.n - 1))
  return student(one.mean - other.mean, Math.sqrt(va + vb), degrees)
}

/** The mean of values and its 95 % t-interval; null of one. @param values not empty */
export async function meanInterval(values: readonly number[]): Promise<[number, number] | null> {
  const { mean, std } = moments(values)
  if (std === null) return null
  return std === 0 ? [mean, mean] : ((await pairedT(values))?.interval ?? null)
}
