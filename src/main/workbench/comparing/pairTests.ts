import { WorkbenchError } from '../../../shared/errors'
import type { measuredSplits } from '../../../shared/measures'
import { formatCount } from '../../../shared/numbers'
import type { RunDetail } from '../../../shared/runs'
import { openDatasetFile } from '../../datasets/datasetFile'
import { Random } from '../../datasets/random'
import { clusteredBootstrap } from '../../statistics/clusteredBootstrap'
import { holm } from '../../statistics/holm'
import { exactMcNemar } from '../../statistics/mcnemar'
import { pairedBootstrap, resamples } from '../../statistics/pairedBootstrap'
import type { StoredPredictions } from '../../store/results'
import type { Store } from '../../store/store'

/** Two classifiers on the same images; errors are fractions. */
export interface PairTest {
  /** Ids of the runs. */
  a: string
  b: string
  test: 'mcnemar-exact'
  n: number
  /** Images that a alone gets wrong. */
  onlyA: number
  onlyB: number
  p: number
  /** Holm's, where there are several comparisons. */
  pHolm?: number
  /** Error of a minus error of b. */
  difference: number
  /** 95 %, by a paired bootstrap. */
  interval: [number, number]
}

export interface PairTests {
  tests: PairTest[]
  /** Of the intervals: drawn by one seed, the same runs have the same intervals. */
  bootstrap: { samples: number; seed: number }
  /** What keeps the tests from saying more, or from being made. */
  notices: string[]
}

export const bootstrap = { samples: resamples, seed: 1 }

/** Of runs that are not tested. */
export const untested = (...notices: string[]): PairTests => ({ tests: [], bootstrap, notices })

export type Split = (typeof measuredSplits)[number]

export const splitWords = { valid: 'validation', test: 'test' } as const

/**
 * Tests each pair of classifiers on the images that both were given.
 * @param runs two or more @throws WorkbenchError TEST_SETS_DIFFER, NO_PREDICTIONS, DATASET_NOT_FOUND
 */
export async function testPairs(store: Store, runs: readonly RunDetail[], split: Split): Promise<PairTests> {
  checkSameSet(runs, split)
  if (!runs.some(({ classifier }) => classifier)) {
    return untested('None of them is a classifier: no image is right or wrong, so nothing is tested.')
  }
  const { test, notices } = await pairTester(store, runs, split)
  const tests: PairTest[] = []
  for (let a = 0; a < runs.length; a++) {
    for (let b = a + 1; b < runs.length; b++) {
      tests.push({ a: runs[a].id, b: runs[b].id, test: 'mcnemar-exact', ...(await test(a, b)) })
    }
  }
  return { tests: corrected(tests), bootstrap, notices }
}

/** What is told of two of the runs. */
export type ImageErrors = Pick<PairTest, 'n' | 'onlyA' | 'onlyB' | 'p' | 'difference' | 'interval'>

export interface PairTester {
  /** @param a,b places of two of the runs */
  test(a: number, b: number): Promise<ImageErrors>
  notices: string[]
}

/**
 * Tests pairs of classifiers of one dataset.
 * @param runs one or more @throws WorkbenchError NO_PREDICTIONS, DATASET_NOT_FOUND
 */
export async function pairTester(store: Store, runs: readonly RunDetail[], split: Split): Promise<PairTester> {
  const wrong: Uint8Array[] = []
  for (const run of runs) {
    const predictions = await store.results.predictions(run.id, split)
    if (predictions === null) throw noPredictions(run, split)
    wrong.push(wrongOf(predictions))
  }
  const sources = await sourcesOf(store, runs[0], split)
  const clustered = sources && (await clusteredBootstrap(wrong, sources, drawn()))
  return {
    notices: sources === null ? [] : [varied(runs[0], split)],
    test: async (a, b) => {
      const errors = { n: wrong[a].length, onlyA: alone(wrong[a], wrong[b]), onlyB: alone(wrong[b], wrong[a]) }
      return {
        ...errors,
        p: await exactMcNemar(errors.onlyA, errors.onlyB),
        difference: (errors.onlyA - errors.onlyB) / errors.n,
        interval: clustered === null ? pairedBootstrap(errors, drawn()) : clustered(a, b),
      }
    },
  }
}

/** Uniform numbers, the same for each pair: its interval does not depend on what else is compared. */
export function drawn(): () => number {
  const random = new Random(bootstrap.seed, 0)
  return () => random.uniform()
}

/** [n], 1 where it errs. */
const wrongOf = ({ labels, predicted }: StoredPredictions): Uint8Array =>
  Uint8Array.from(labels, (label, image) => Number(predicted[image] !== label))

/** Images that one gets wrong and the other right. */
const alone = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((count, wrong, image) => count + (wrong > other[image] ? 1 : 0), 0)

function corrected(tests: PairTest[]): PairTest[] {
  if (tests.length < 2) return tests
  const ps = holm(tests.map(({ p }) => p))
  return tests.map((test, index) => ({ ...test, pHolm: ps[index] }))
}

/** Imported weights were tested on no data: what they lack is said by `noPredictions`. */
function checkSameSet(runs: readonly RunDetail[], split: Split): void {
  const [first, ...others] = runs.filter(({ datasetHash }) => datasetHash !== '')
  const other = others.find(({ datasetHash }) => datasetHash !== first.datasetHash)
  if (other === undefined) return
  const setOf = ({ name, dataset, datasetHash }: RunDetail) => `${name} on ${dataset} (${datasetHash.slice(0, 12)})`
  throw new WorkbenchError(
    'TEST_SETS_DIFFER',
    `A test needs the same ${splitWords[split]} images: ${setOf(first)}, ${setOf(other)}`,
    { where: other.name, remedy: 'Compare runs of one dataset, or leave the tests out: --no-tests.' },
  )
}

/** @param remedy beside leaving the run out */
export function noPredictions(run: RunDetail, split: Split, remedy = ', or the tests: --no-tests'): WorkbenchError {
  return new WorkbenchError(
    'NO_PREDICTIONS',
    `There are no predictions of ${splitWords[split]} images: ${whyNone(run)}`,
    { where: run.name, remedy: `Leave the run out${remedy}.` },
  )
}

function whyNone({ classifier, datasetHash, status }: RunDetail): string {
  if (!classifier) return 'it is no classifier'
  if (datasetHash === '') return 'its weights were imported'
  return status === 'done' ? 'its dataset has none' : `it is ${status}`
}

/** The source of each image where the intervals of the errors are by source as well. */
async function sourcesOf(store: Store, run: RunDetail, split: Split): Promise<Int32Array | null> {
  if (run[split]?.sources === undefined) return null
  if (run.datasetInfo === null) {
    throw new WorkbenchError(
      'DATASET_NOT_FOUND',
      'Its images were varied from others, and what said from which is gone',
      {
        where: run.dataset,
        remedy: 'Leave the tests out: --no-tests.',
      },
    )
  }
  const file = await openDatasetFile(store.datasets.path(run.datasetInfo))
  return file.sources(split)
}

function varied(run: RunDetail, split: Split): string {
  const { n = 0, sources = 0 } = run[split] ?? {}
  const words = `The ${formatCount(n)} images were varied from ${formatCount(sources)} source images`
  return `${words}: p takes them as independent and may be too small; the intervals are by source image.`
}
