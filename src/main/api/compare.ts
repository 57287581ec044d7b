import { z } from 'zod'
import {
  comparedReferenceSchema,
  mostCompared,
  toldApartQuerySchema,
  type ComparedAnswer,
  type ComparedOverview,
  type SeedsAnswer,
  type ToldApartPage,
} from '../../shared/comparing'
import { runReferenceSchema } from '../../shared/runs'
import { testsQuerySchema, type TestsAnswer } from '../../shared/significance'
import { query, type ApiOf } from './acts'

const items = z.strictObject({
  items: z.array(comparedReferenceSchema).max(mostCompared, `${mostCompared} runs or groups at most`),
})

export const compare = {
  /** The runs and groups of a link; what is not there is told beside those that are. */
  items: query(items).gives<ComparedAnswer>(),
  /** The runs of a run's spec, whatever their seeds. */
  seeds: query(z.strictObject({ run: runReferenceSchema })).gives<SeedsAnswer>(),
  /** What is set, and what was reached. */
  overview: query(items).gives<ComparedOverview>(),
  /** A test of each item against one, or of each pair. */
  tests: query(testsQuerySchema).gives<TestsAnswer>(),
  /** Images that one run gets right and another wrong. */
  images: query(toldApartQuerySchema).gives<ToldApartPage>(),
}

export type CompareApi = ApiOf<typeof compare>
