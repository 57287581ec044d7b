import { WorkbenchError } from '../../../shared/errors'
import type { Compared } from '../../../shared/comparing'
import { lossWords } from '../../../shared/lossWords'
import type { RunDetail } from '../../../shared/runs'
import type { Figure, SeedsTest } from '../../../shared/significance'
import { outperforming, outperformingOfPairs, verdictOf } from '../../statistics/outperforming'
import { moments, pairedT, welchT } from '../../statistics/student'
import { drawn, splitWords, type Split } from './pairTests'
import { lotOf, seedPairs, type Drawn, type SeedPair } from './seedPairs'

const figureWords = { error: 'error', nll: 'negative log-likelihood', loss: 'loss' } as const

type Outcome = Omit<SeedsTest, 'kind' | 'notices'>

/**
 * Two specs over their seeds: paired where runs of both have the same seed and the same data, else as two lots on one
 * set of data (docs/comparing.md).
 * @throws WorkbenchError TOO_FEW_RUNS, TEST_SETS_DIFFER, LOSSES_DIFFER, SHARED_RUNS
 */
export async function testSeeds(a: Compared, b: Compared, split: Split, figure: Figure): Promise<SeedsTest> {
  const shared = a.runs.find(({ id }) => b.runs.some((other) => other.id === id))
  if (shared !== undefined) throw sharedRun(a, b, shared)
  const [ofA, ofB] = [a, b].map(({ name, runs }) => lotOf(name, runs, split, figure))
  for (const [item, { drawn: found }] of [[a, ofA] as const, [b, ofB] as const]) {
    if (found.length < 2) throw tooFew(item, found.length, split, figure)
  }
  checkSameData(a, b, ofA.drawn, ofB.drawn, split)
  if (figure === 'loss') checkSameLoss(a, b)
  const notices = [...ofA.notices, ...ofB.notices]
  const pairs = seedPairs(ofA.drawn, ofB.drawn)
  if (pairs !== null && pairs.length > 1) {
    const left = ofA.drawn.length + ofB.drawn.length - 2 * pairs.length
    if (left > 0) notices.push(`${left} runs whose seed and data the other has not are left out.`)
    return told(a, b, await pairedTest(pairs), notices)
  }
  if (new Set([...ofA.drawn, ...ofB.drawn].map(({ data }) => data)).size > 1) throw otherData(a, b)
  notices.push(
    pairs === null
      ? 'Seeds repeat, so runs are not paired.'
      : 'The seeds do not match, so runs are not paired: what a shared start would take out of the difference stays in it.',
  )
  return told(a, b, await apartTest(ofA.drawn, ofB.drawn), notices)
}

function told(a: Compared, b: Compared, outcome: Outcome, notices: readonly string[]): SeedsTest {
  const { probability } = outcome.better
  const agree = `${a.name} and ${b.name}: every pair agrees, so the bootstrap of P has no spread; that makes P not certain.`
  const alike = probability === 0 || probability === 1 ? [agree] : []
  return { kind: 'seeds', ...outcome, notices: [...notices, ...alike] }
}

async function pairedTest(pairs: readonly SeedPair[]): Promise<Outcome> {
  const differences = pairs.map(({ a, b }) => a.value - b.value)
  const better = outperformingOfPairs(differences, drawn())
  const t = await pairedT(differences)
  return {
    n: pairs.length,
    p: t?.p ?? (differences[0] === 0 ? 1 : null),
    difference: moments(differences).mean,
    interval: t?.interval ?? null,
    better: { ...better, verdict: verdictOf(better, pairs.length) },
  }
}

async function apartTest(a: readonly Drawn[], b: readonly Drawn[]): Promise<Outcome> {
  const [ofA, ofB] = [a, b].map((lot) => lot.map(({ value }) => value))
  const n: [number, number] = [ofA.length, ofB.length]
  const better = outperforming(ofA, ofB, drawn())
  const t = await welchT(ofA, ofB)
  const difference = moments(ofA).mean - moments(ofB).mean
  return {
    n,
    p: t?.p ?? (difference === 0 ? 1 : null),
    difference,
    interval: t?.interval ?? null,
    better: { ...better, verdict: verdictOf(better, n) },
  }
}

const dataOf = (lot: readonly Drawn[]) => new Set(lot.map(({ data }) => data))

/** Of groups whose runs have data of their own each, some data has to be in both. */
function checkSameData(a: Compared, b: Compared, ofA: readonly Drawn[], ofB: readonly Drawn[], split: Split): void {
  const theirs = dataOf(ofB)
  if ([...dataOf(ofA)].some((data) => theirs.has(data))) return
  const setOf = ({ name }: Compared, [{ run, data }]: readonly Drawn[]) =>
    `${name} on ${run.dataset} (${data.slice(0, 12)})`
  throw new WorkbenchError(
    'TEST_SETS_DIFFER',
    `A test needs the same ${splitWords[split]} images: ${setOf(a, ofA)}, ${setOf(b, ofB)}`,
    { where: b.name, remedy: 'Compare specs that were trained on the same data, or with the same data seeds.' },
  )
}

const otherData = (a: Compared, b: Compared) =>
  new WorkbenchError('TEST_SETS_DIFFER', `${a.name} and ${b.name} share no two pairs of seed and data`, {
    where: b.name,
    remedy: 'Their runs have other data each: train both with the same seeds and data seeds.',
  })

/** What its evaluations' loss is, of images as its models see them. */
export const lossOf = ({ spec }: RunDetail) => JSON.stringify([lossWords(spec, 'clean'), spec.preprocess])

function checkSameLoss(a: Compared, b: Compared): void {
  if (new Set([...a.runs, ...b.runs].map(lossOf)).size === 1) return
  throw new WorkbenchError(
    'LOSSES_DIFFER',
    'Their losses are not the same figure: of another kind, or of images preprocessed otherwise',
    {
      where: `${a.name}, ${b.name}`,
      remedy: 'Compare them by error or negative log-likelihood, if they are classifiers.',
    },
  )
}

const tooFew = ({ name, isGroup, runs }: Compared, found: number, split: Split, figure: Figure) => {
  const has = isGroup ? `${name} has ${found} of ${runs.length} runs` : `${name} is one run`
  return new WorkbenchError(
    'TOO_FEW_RUNS',
    `Two seeds or more with a ${splitWords[split]} ${figureWords[figure]} are needed on each side: ${has}`,
    { where: name, remedy: 'Train its spec with other seeds, and group its runs.' },
  )
}

const sharedRun = (a: Compared, b: Compared, { name }: RunDetail) =>
  new WorkbenchError('SHARED_RUNS', `${name} is in both`, {
    where: `${a.name}, ${b.name}`,
    remedy: 'Take it out of one: a test needs runs of their own on each side.',
  })
