import { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import { measures, measuredSplits } from '../../../shared/measures'
import { parseInput } from '../../../shared/parse'
import { runReferenceSchema, type RunDetail } from '../../../shared/runs'
import { same } from '../../../shared/spec/paths'
import { differentSettings } from '../../../shared/spec/settings'
import type { Store } from '../../store/store'
import { testPairs, untested, type PairTests } from './pairTests'

const compareRequestSchema = z.strictObject({
  runs: z.array(runReferenceSchema).min(2, 'takes 2 to 20 runs').max(20, 'takes 2 to 20 runs'),
  /** That the tests are on. */
  split: z.enum(measuredSplits),
  tests: z.boolean(),
})
export type CompareRequest = z.input<typeof compareRequestSchema>

export interface Comparison extends PairTests {
  /** In the order asked for; values and intervals below are in that order too. */
  runs: RunDetail[]
  /** What is not the same in all: settings, data, seeds, engine; null where a run has none. */
  differences: { key: string; values: unknown[] }[]
  /** What any of them has. */
  measures: { key: string; values: (number | null)[]; intervals: (readonly [number, number] | null)[] }[]
}

/**
 * Runs side by side, and a test of each pair of classifiers.
 * @throws WorkbenchError BAD_INPUT, RUN_NOT_FOUND, RUN_AMBIGUOUS; where tests are asked for, TEST_SETS_DIFFER and NO_PREDICTIONS
 */
export async function compareRuns(store: Store, request: CompareRequest): Promise<Comparison> {
  const { runs: references, split, tests } = parseInput(compareRequestSchema, request, 'compare')
  const runs: RunDetail[] = []
  for (const reference of references) runs.push(await store.runs.detail(await store.runs.find(reference)))
  checkTwice(runs)
  const tested = tests ? await testPairs(store, runs, split) : untested()
  return { runs, differences: differencesOf(runs), measures: measuresOf(runs), ...tested }
}

function checkTwice(runs: readonly RunDetail[]): void {
  const twice = runs.find(({ id }, index) => runs.findIndex((run) => run.id === id) !== index)
  if (twice === undefined) return
  throw new WorkbenchError('BAD_INPUT', `${twice.name} (${twice.id}) is named twice`, {
    where: 'compare, runs',
    remedy: 'Name each run once.',
  })
}

/** Keys of a run, beside its settings, that make two runs differ. */
const recorded = ['dataSeed', 'datasetHash', 'engine', 'device', 'dtype'] as const

function differencesOf(runs: readonly RunDetail[]): Comparison['differences'] {
  const settings = differentSettings(runs.map(({ spec }) => spec)).map(({ path, values }) => ({ key: path, values }))
  const others = recorded.map((key) => ({ key, values: runs.map((run) => run[key]) }))
  return [...settings, ...others.filter(({ values }) => values.some((value) => !same(value, values[0])))]
}

function measuresOf(runs: readonly RunDetail[]): Comparison['measures'] {
  const compared = measures.map(({ key, read }) => {
    const readings = runs.map((run) => read(run))
    return {
      key,
      values: readings.map((reading) => reading?.value ?? null),
      intervals: readings.map((reading) => reading?.interval ?? null),
    }
  })
  return compared.filter(({ values }) => values.some((value) => value !== null))
}
