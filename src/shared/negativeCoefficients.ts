import type { ScoreParts } from './scores'

/** Coefficients of the terms of eq. 7/8, a value a class; null where the models lack the part. */
export interface TermCoefficients {
  aM: readonly number[] | null
  aC: readonly number[] | null
  aB: readonly number[]
}

/**
 * Says of which classes a fitted coefficient is negative, so that their scores are no sums of energies.
 * @param names of the classes, where they have any
 * @returns null where none is
 */
export function negativeCoefficients(coefficients: TermCoefficients, names: readonly string[] | null): string | null {
  const found = coefficients.aB.flatMap((_, index) => {
    const negative = (['aM', 'aC', 'aB'] as const).filter((name) => (coefficients[name]?.[index] ?? 0) < 0)
    return negative.length === 0 ? [] : [`${names?.[index] ?? index} (${negative.join(', ')})`]
  })
  if (found.length === 0) return null
  const classes = found.length === 1 ? 'class' : 'classes'
  return `Fitted coefficients are negative for ${classes} ${found.join(', ')}: the score is then no sum of energies.`
}

/** The same of a score. @param parts of each class */
export function negativeParts(parts: readonly ScoreParts[], names: readonly string[] | null): string | null {
  const of = (key: 'mean' | 'covariance') => parts.map((part) => part[key]?.coefficient ?? 0)
  const aB = parts.map(({ visible }) => visible.coefficient)
  return negativeCoefficients({ aM: of('mean'), aC: of('covariance'), aB }, names)
}
