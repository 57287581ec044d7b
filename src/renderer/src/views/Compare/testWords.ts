import { formatCount, formatDigits, percentDigits } from '../../../../shared/numbers'
import type { Figure, ImagesTest, ItemTest, SeedsTest, TestsAnswer, Verdict } from '../../../../shared/significance'

export type Split = 'valid' | 'test'

export const splitWords = { valid: 'validation', test: 'test' } as const
export const figureNames = { error: 'error', nll: 'negative log-likelihood', loss: 'loss' } as const

type Told<Kind extends ItemTest['kind']> = Extract<ItemTest, { kind: Kind }>
/** A test with its place in the answer, which its numbers are named by. */
export type Placed<Kind extends ItemTest['kind']> = Told<Kind> & { place: number }

const isOf =
  <Kind extends ItemTest['kind']>(kind: Kind) =>
  (test: ItemTest & { place: number }): test is Placed<Kind> =>
    test.kind === kind

/** The tests of an answer by what is compared. */
export function byKind({ tests }: TestsAnswer) {
  const placed = tests.map((test, place) => ({ ...test, place }))
  return {
    images: placed.filter(isOf('images')),
    seeds: placed.filter(isOf('seeds')),
    refused: placed.filter(isOf('refused')),
  }
}

const bootstrapWords = ({ samples, seed }: TestsAnswer['bootstrap']) => `${formatCount(samples)} samples, seed ${seed}`

/** The test of runs on the same images: its name, its n, and what it takes for granted. */
export const imagesWords = ({ n }: ImagesTest, split: Split, { bootstrap }: TestsAnswer): string =>
  `Exact McNemar test (binomial, two-sided) on n = ${formatCount(n)} ${splitWords[split]} images that both were given. ` +
  'It takes the images as drawn independently, and speaks of these trained models, not of other seeds. ' +
  `95 %: paired bootstrap of the images, ${bootstrapWords(bootstrap)}.`

const isPaired = ({ n }: SeedsTest) => typeof n === 'number'

/** The same of specs over their seeds. */
export function seedsWords(
  tests: readonly SeedsTest[],
  figure: Figure,
  split: Split,
  { bootstrap }: TestsAnswer,
): string {
  const of = `the ${splitWords[split]} ${figureNames[figure]}`
  const names = [
    ...(tests.some(isPaired)
      ? [
          `Paired t test (two-sided) of ${of}, over n pairs of runs with the same seed and data. ` +
            'It takes the differences of the pairs as drawn independently from one normal distribution.',
        ]
      : []),
    ...(tests.every(isPaired)
      ? []
      : [
          `Where seeds do not match, Welch's t test (two-sided) of ${of} over n and m runs that are not paired. ` +
            'It takes the runs of each as drawn independently from a normal distribution of its own.',
        ]),
  ]
  return (
    `${names.join(' ')} It speaks of other seeds on such data, not of other images. ` +
    `P(A better): the share of pairs in which A has the lower ${figureNames[figure]}, ties half; 95 %: percentile ` +
    `bootstrap, ${bootstrapWords(bootstrap)} (Bouthillier et al. 2021): significant where it lies on one side of 1/2, ` +
    'meaningful where it also reaches beyond 3/4.'
  )
}

/** How many tests there are, and what their number asks for. */
export const countWords = ({ comparisons }: Pick<TestsAnswer, 'comparisons'>): string =>
  comparisons === 1
    ? '1 comparison: nothing to correct for.'
    : `${formatCount(comparisons)} comparisons: p (Holm) holds for all of them together.`

/** A difference of a figure: of errors in percent with the digits of n images. */
export const differenceText = (value: number, figure: Figure, images: number): string =>
  figure === 'error' ? `${signed((100 * value).toFixed(percentDigits(images)))} %` : signed(formatDigits(value, 3))

export const endsText = (ends: readonly number[], figure: Figure, images: number): string =>
  `[${ends.map((end) => differenceText(end, figure, images).replace(' %', '')).join(', ')}]`

const signed = (text: string): string =>
  text.startsWith('-') || Number(text) === 0 ? text.replace(/^-(?=0\.?0*$)/, '') : `+${text}`

/** "0.0081"; below what can be told, its size. */
export const pText = (p: number | null): string => formatDigits(p, p !== null && p < 1e-4 ? 2 : 3)

export const shareText = (share: number): string => share.toFixed(2)

/** Who is better, and by how sure. */
export function verdictText({ better: { verdict, probability } }: SeedsTest, a: string, b: string): string {
  const words: Record<Verdict, string> = {
    few: 'too few runs to tell',
    undecided: 'not told apart',
    significant: 'better, though not by much',
    meaningful: 'better',
  }
  const isTold = verdict === 'significant' || verdict === 'meaningful'
  return isTold ? `${probability > 0.5 ? a : b} ${words[verdict]}` : words[verdict]
}

export const countOf = ({ n }: SeedsTest): string => (typeof n === 'number' ? String(n) : `${n[0]}, ${n[1]}`)
