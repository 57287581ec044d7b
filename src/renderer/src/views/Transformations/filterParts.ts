import { kindOf } from '../../../../shared/kinds'
import type { FilterGallery, FiltersAnswer } from '../../../../shared/transformations'

/** Filters of one kind of unit: of the factors, or of the mean hidden units. */
export interface FilterPart {
  /** What a row of the weights belongs to. */
  noun: 'factor' | 'hidden unit'
  /** Words above its galleries. */
  title: string
  /** Whose rows lie where. */
  about: string
  /** Whether one gallery serves both images. */
  tied: boolean
  x: FilterGallery
  y: FilterGallery | null
  pairs: FiltersAnswer['pairs']
}

const names: Readonly<Record<string, string>> = { WX: 'W_X', WY: 'W_Y', WF: 'W_F' }

/** A gallery's name as the equations have it. */
export const galleryName = ({ name }: FilterGallery): string => names[name] ?? name

function aboutPairs(pairs: FiltersAnswer['pairs']): string {
  if (pairs === null) return 'Rows of W_X beside rows of W_Y.'
  const same = pairs.sameFrequency.reduce((sum, value) => sum + value, 0)
  return `Rows of W_X beside rows of W_Y; ${same} of ${pairs.sameFrequency.length} pairs have the same strongest frequency: their phase shift is the learned relation.`
}

/** What a model has learned to look for, the part of the mapping units first. */
export function filterParts({ kind, tied, x, y, mean, pairs }: FiltersAnswer): FilterPart[] {
  const { gated, filters } = kindOf(kind)
  const about = tied ? filters : aboutPairs(pairs)
  const first: FilterPart = gated
    ? { noun: 'factor', title: 'Filters of the factors', about, tied, x, y, pairs }
    : { noun: 'hidden unit', title: 'Filters of the hidden units', about, tied, x, y, pairs }
  if (mean === null) return [first]
  const words = 'Rows of W, the filters of the mean hidden units.'
  return [
    first,
    {
      noun: 'hidden unit',
      title: 'Filters of the hidden units',
      about: words,
      tied: true,
      x: mean,
      y: null,
      pairs: null,
    },
  ]
}
