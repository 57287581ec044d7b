import type { Command } from 'commander'
import { headOf, measureOf, told } from '../../shared/measures'
import { absent, formatCount, formatDigits, percentDigits } from '../../shared/numbers'
import type { RunDetail } from '../../shared/runs'
import type { Comparison, CompareRequest } from '../workbench/comparing/compareRuns'
import { command, perform, type CommonOptions } from './command'
import { table } from './output'

interface CompareOptions extends CommonOptions {
  split: string
  tests: boolean
}

const documentOf = ({ runs, tests, ...comparison }: Comparison, split: string) => ({
  runs: runs.map(({ id, name, status }) => ({ run: id, name, status })),
  ...comparison,
  split,
  comparisons: tests.length,
  tests,
})

/** What heads the column of a run: its name, and its id where another has that name. */
const headsOf = (runs: readonly RunDetail[]): string[] =>
  runs.map(({ id, name }) => (runs.filter((run) => run.name === name).length > 1 ? `${name} ${id}` : name))

function settingText(value: unknown): string {
  if (value === null) return absent
  if (typeof value === 'object') return 'set'
  return String(value)
}

function differencesText({ runs, differences }: Comparison): string {
  if (differences.length === 0) return 'No setting differs.'
  const rows = differences.map(({ key, values }) => [key, ...values.map(settingText)])
  return table(['differs', ...headsOf(runs)], rows)
}

function measuresText({ runs, measures }: Comparison): string {
  if (measures.length === 0) return 'No run has a result yet.'
  const rows = measures.map(({ key }) => {
    const measure = measureOf(key)
    return [headOf(measure), ...runs.map((run) => told(measure, run))]
  })
  return table(['measure', ...headsOf(runs)], rows)
}

function testsText(comparison: Comparison, split: string): string {
  const { runs, tests } = comparison
  const heads = headsOf(runs)
  const nameOf = (id: string) => heads[runs.findIndex((run) => run.id === id)]
  const rows = tests.map(({ a, b, n, onlyA, onlyB, difference, interval, p, pHolm }) => [
    ...[nameOf(a), nameOf(b), String(onlyA), String(onlyB)],
    ...[`${percent(difference, n)} %`, `[${interval.map((end) => percent(end, n)).join(', ')}]`],
    ...[formatDigits(p, 3), ...(pHolm === undefined ? [] : [formatDigits(pHolm, 3)])],
  ])
  const holm = tests.length > 1 ? ['p (Holm)'] : []
  const head = ['a', 'b', 'only a wrong', 'only b wrong', 'error of a - b', '95 %', 'p', ...holm]
  return `${table(head, rows)}\n${meaningOf(comparison, split)}`
}

/** A difference of two errors of n images. */
const percent = (fraction: number, n: number): string => (100 * fraction).toFixed(percentDigits(n))

/** The test, its n and what it takes for granted. */
function meaningOf({ runs, tests, bootstrap }: Comparison, split: string): string {
  const images = `the ${formatCount(tests[0].n)} ${split} images of ${runs[0].dataset}`
  const several = tests.length === 1 ? '' : ` ${tests.length} comparisons: p (Holm) holds for all of them together.`
  return (
    `p: exact McNemar test (binomial, two-sided) on ${images}, taken as drawn independently; of these trained models, ` +
    `not of other seeds. 95 %: paired bootstrap, ${formatCount(bootstrap.samples)} samples, seed ${bootstrap.seed}.${several}`
  )
}

export const compareCommand = (childFolder: string): Command =>
  command('compare', 'settings that differ, measures, and a test of each pair of classifiers')
    .argument('[runs...]', '2 to 20 runs: ids, unique prefixes of them, or unique names')
    .option('--split <split>', 'valid or test: the images that the tests are on', 'test')
    .option('--no-tests', 'no tests: runs on other images can be compared too')
    .action((references: string[], options: CompareOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const { compare } = await app()
        // What is no split, the schema refuses with its place.
        const split = options.split as CompareRequest['split']
        const comparison = await compare({ runs: references, split, tests: options.tests })
        const tests = comparison.tests.length === 0 ? [] : [testsText(comparison, split)]
        if (!output.json) for (const notice of comparison.notices) output.note(notice)
        const text = [differencesText(comparison), measuresText(comparison), ...tests].join('\n\n')
        output.result(documentOf(comparison, split), text)
      }),
    )
