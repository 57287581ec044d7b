import { setImmediate } from 'node:timers/promises'
import { WorkbenchError } from '../../../shared/errors'
import type { Compared } from '../../../shared/comparing'
import type { RunDetail } from '../../../shared/runs'
import type { ImagesTest, ItemTest, SeedsTest, TestsAnswer, TestsQuery } from '../../../shared/significance'
import { holm } from '../../statistics/holm'
import type { Store } from '../../store/store'
import { bootstrap, noPredictions, pairTester, splitWords, type PairTester, type Split } from './pairTests'
import { testSeeds } from './seedTests'

type Asked = Omit<TestsQuery, 'items'>
/** Before it is corrected. */
type Outcome = ItemTest extends infer Test ? (Test extends unknown ? Omit<Test, 'pHolm'> : never) : never

/**
 * Tests of runs on the same images, and of specs over their seeds, each of its pair; a pair that no test fits is told with
 * the reason.
 */
export async function testItems(store: Store, items: readonly Compared[], asked: Asked): Promise<TestsAnswer> {
  const testers = new Testers(store, items, asked.split)
  const tests: Outcome[] = []
  for (const [a, b] of pairsOf(items, asked.against)) {
    // Each draws its bootstrap: others have their turn between.
    await setImmediate()
    const outcome = await refusing<ImagesTest | SeedsTest>(() =>
      a.isGroup || b.isGroup ? testSeeds(a, b, asked.split, asked.figure) : testers.test(a.runs[0], b.runs[0], asked),
    )
    tests.push({ ...outcome, a: a.id, b: b.id })
  }
  return { ...corrected(tests), bootstrap, notices: testers.notices }
}

function pairsOf(items: readonly Compared[], against: string | null): [Compared, Compared][] {
  const one = items.find(({ id }) => id === against)
  if (one !== undefined) return items.filter((item) => item !== one).map((item) => [item, one])
  return items.flatMap((a, place) => items.slice(place + 1).map((b): [Compared, Compared] => [a, b]))
}

async function refusing<Test>(test: () => Promise<Test>) {
  try {
    return await test()
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error
    return { kind: 'refused' as const, error: error.toData() }
  }
}

function corrected(tests: readonly Outcome[]): Pick<TestsAnswer, 'tests' | 'comparisons'> {
  const ps = tests.map((test) => (test.kind === 'refused' ? null : test.p))
  const told = ps.filter((p) => p !== null)
  const by = told.length < 2 ? [] : holm(told)
  let next = 0
  return {
    tests: tests.map((test, place): ItemTest => ({ ...test, pHolm: ps[place] === null ? null : (by[next++] ?? null) })),
    comparisons: told.length,
  }
}

/** Classifiers by their data: those of one set are made ready together, once. */
class Testers {
  readonly notices: string[] = []
  readonly #byData = new Map<string, Promise<{ tester: PairTester; runs: readonly RunDetail[] }>>()
  readonly #runs: readonly RunDetail[]

  constructor(
    private readonly store: Store,
    items: readonly Compared[],
    private readonly split: Split,
  ) {
    this.#runs = items.filter(({ isGroup }) => !isGroup).map(({ runs }) => runs[0])
  }

  /** @throws WorkbenchError TEST_SETS_DIFFER, NO_PREDICTIONS, ONE_RUN_EACH */
  async test(a: RunDetail, b: RunDetail, { figure }: Asked): Promise<ImagesTest> {
    if (figure !== 'error') throw oneRunEach(a, b)
    for (const run of [a, b]) {
      if (!run.classifier || run.datasetHash === '' || run[this.split] === null)
        throw noPredictions(run, this.split, '')
    }
    if (a.datasetHash !== b.datasetHash) throw otherImages(a, b, this.split)
    const { tester, runs } = await this.#of(a.datasetHash)
    const place = (of: RunDetail) => runs.findIndex(({ id }) => id === of.id)
    return { kind: 'images', ...(await tester.test(place(a), place(b))) }
  }

  #of(data: string) {
    const found = this.#byData.get(data) ?? this.#open(data)
    this.#byData.set(data, found)
    return found
  }

  async #open(data: string) {
    const runs = this.#runs.filter((run) => run.datasetHash === data && run.classifier && run[this.split] !== null)
    const tester = await pairTester(this.store, runs, this.split)
    this.notices.push(...tester.notices)
    return { tester, runs }
  }
}

const otherImages = (a: RunDetail, b: RunDetail, split: Split) => {
  const setOf = ({ name, dataset, datasetHash }: RunDetail) => `${name} on ${dataset} (${datasetHash.slice(0, 12)})`
  return new WorkbenchError(
    'TEST_SETS_DIFFER',
    `A test needs the same ${splitWords[split]} images: ${setOf(a)}, ${setOf(b)}`,
    { where: b.name, remedy: 'Compare runs of one dataset.' },
  )
}

const oneRunEach = (a: RunDetail, b: RunDetail) =>
  new WorkbenchError('ONE_RUN_EACH', 'One run each is compared by its errors alone', {
    where: `${a.name}, ${b.name}`,
    remedy: 'Compare by error, or group runs of several seeds.',
  })
