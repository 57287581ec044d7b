import { z } from 'zod'
import { comparedReferenceSchema, mostCompared, type ComparedAnswer } from '../../shared/comparing'
import { query, type ApiOf } from './acts'

const items = z.array(comparedReferenceSchema).max(mostCompared, `${mostCompared} runs or groups at most`)

export const compare = {
  /** The runs and groups of a link; what is not there is told beside those that are. */
  items: query(z.strictObject({ items })).gives<ComparedAnswer>(),
}

export type CompareApi = ApiOf<typeof compare>
