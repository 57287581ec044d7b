import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli } from '../../support/cli'

/** Runs really trained, side by side on the command line. */

let folder: string
const path = (name: string) => join(folder, name)
const run = (...args: string[]) => cli(...args, '--data', path('data'))
const documentOf = async <T>(...args: string[]): Promise<T> => {
  const { code, document, errors } = await run(...args)
  expect([code, errors.filter((line) => line.includes('"error"'))]).toEqual([0, []])
  return document as T
}
const errorOf = ({ errors }: { errors: string[] }) =>
  (JSON.parse(errors.at(-1) ?? '{}') as { error: { code: string; message: string; where: string; remedy: string } })
    .error

interface Compared {
  runs: { run: string; name: string; status: string }[]
  differences: { key: string; values: unknown[] }[]
  measures: { key: string; values: (number | null)[]; intervals: ([number, number] | null)[] }[]
  comparisons: number
  tests: {
    a: string
    b: string
    test: string
    n: number
    onlyA: number
    onlyB: number
    p: number
    pHolm?: number
    difference: number
    interval: [number, number]
  }[]
  notices: string[]
}
const compare = (...args: string[]) => documentOf<Compared>('runs', 'compare', ...args)

const spec = {
  model: { kind: 'mcae', hidden: 10, factors: 10, mappings: 5 },
  dataset: 'rect',
  preprocess: { contrast: true },
  optimizer: { kind: 'adam', learningRate: 0.002 },
  epochs: 2,
  batchSize: 20,
  classifier: {},
}

const ids: Record<string, string> = {}
async function train(name: string, changes: object = {}): Promise<void> {
  await writeFile(path('spec.json'), JSON.stringify({ ...spec, ...changes }))
  ids[name] = (await documentOf<{ run: string }>('train', path('spec.json'), '--name', name)).run
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-compare-'))
  const counts = ['--train', '100', '--valid', '40', '--test', '150']
  await documentOf('datasets', 'generate', 'rectangles', ...counts, '--seed', '5', '--name', 'rect')
  await documentOf('datasets', 'generate', 'rectangles', ...counts, '--seed', '6', '--name', 'other')
  await train('short')
  await train('long', { epochs: 6, seed: 2 })
  await train('ae', { model: { kind: 'ae', hidden: 8 } })
  await train('elsewhere', { dataset: 'other' })
  await train('plain', { classifier: undefined })
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

/** What a run says of each test image: whether it is right. */
async function rightOf(name: string): Promise<boolean[]> {
  const file = path(`${name}.csv`)
  await documentOf('evaluate', name, '--dataset', 'rect', '--predictions', file)
  const rows = parse(await readFile(file, 'utf8'), { columns: true, cast: true }) as Record<string, number>[]
  return rows.map(({ label, predicted }) => label === predicted)
}

/** min(1, 2 P(X <= k)), X ~ Binomial(n, 1/2), summed term by term. */
function binomialP(k: number, n: number): number {
  let [term, sum] = [2 ** -n, 0]
  for (let i = 0; i <= k; i++) {
    sum += term
    term *= (n - i) / (i + 1)
  }
  return Math.min(1, 2 * sum)
}

describe('runs compare', () => {
  it('tells what differs, measures with intervals, and the exact test of the images that one alone gets wrong', async () => {
    const { runs, differences, measures, tests, comparisons } = await compare('short', 'long')
    expect(runs).toEqual([
      { run: ids.short, name: 'short', status: 'done' },
      { run: ids.long, name: 'long', status: 'done' },
    ])
    expect(differences).toEqual([
      { key: 'epochs', values: [2, 6] },
      { key: 'seed', values: [1, 2] },
    ])
    const { runs: listed } = await documentOf<{ runs: { name: string; test: Record<string, unknown> }[] }>(
      'runs',
      'list',
    )
    const results = runs.map(({ name }) => listed.find((one) => one.name === name)!.test)
    expect(measures.find(({ key }) => key === 'test.error')).toEqual({
      key: 'test.error',
      values: results.map(({ error }) => error),
      intervals: results.map(({ errorInterval }) => errorInterval),
    })
    expect(measures.map(({ key }) => key)).toEqual([
      ...['valid.error', 'valid.nll', 'valid.loss', 'test.error', 'test.nll', 'test.loss', 'seconds'],
    ])
    const [a, b] = [await rightOf('short'), await rightOf('long')]
    const onlyA = a.filter((right, image) => !right && b[image]).length
    const onlyB = b.filter((right, image) => !right && a[image]).length
    const difference = (onlyA - onlyB) / 150
    expect(onlyA + onlyB).toBeGreaterThan(0)
    expect(comparisons).toBe(1)
    expect(tests).toEqual([
      {
        ...{ a: ids.short, b: ids.long, test: 'mcnemar-exact', n: 150, onlyA, onlyB, difference },
        p: expect.closeTo(binomialP(Math.min(onlyA, onlyB), onlyA + onlyB), 10),
        interval: [expect.any(Number), expect.any(Number)],
      },
    ])
    const [low, high] = tests[0]!.interval
    expect([low <= difference, difference <= high, low < high]).toEqual([true, true, true])
    expect(Number(results[0]!.error) - Number(results[1]!.error)).toBeCloseTo(difference, 12)
  })

  it('tests on validation images where they are asked for', async () => {
    const { tests, measures } = await compare('short', 'long', '--split', 'valid')
    const { values } = measures.find(({ key }) => key === 'valid.error')!
    expect(tests).toMatchObject([{ n: 40, difference: expect.closeTo(values[0]! - values[1]!, 12) }])
  })

  it('tests every pair of several, corrects p for their number, and says the same of a pair alone', async () => {
    const first = await compare('short', 'long', 'ae')
    expect(first.comparisons).toBe(3)
    expect(first.tests.map(({ a, b }) => [a, b])).toEqual([
      [ids.short, ids.long],
      [ids.short, ids.ae],
      [ids.long, ids.ae],
    ])
    const sorted = first.tests.toSorted((one, other) => one.p - other.p)
    expect(sorted[0]!.pHolm).toBeCloseTo(Math.min(1, 3 * sorted[0]!.p), 12)
    for (const { p, pHolm } of sorted) expect(pHolm).toBeGreaterThanOrEqual(p)
    expect(first.differences).toContainEqual({ key: 'model.kind', values: ['mcae', 'mcae', 'ae'] })
    expect(first.differences).toContainEqual({ key: 'model.factors', values: [10, 10, null] })
    const pair = await compare('short', 'long')
    expect({ ...first.tests[0], pHolm: undefined }).toEqual({ ...pair.tests[0], pHolm: undefined })
    const [turned] = (await compare('long', 'short')).tests
    expect(turned!.interval).toEqual(pair.tests[0]!.interval.map((end) => expect.closeTo(-end, 12)).reverse())
  })

  it('refuses tests on unlike test sets with the reason, and compares without them', async () => {
    const refused = await run('runs', 'compare', 'short', 'elsewhere')
    expect(refused.code).toBe(2)
    expect(errorOf(refused)).toMatchObject({ code: 'TEST_SETS_DIFFER', where: 'elsewhere' })
    expect(errorOf(refused).message).toMatch(/the same test images: short on rect .*, elsewhere on other /)
    expect(errorOf(refused).remedy).toContain('--no-tests')
    const { tests, comparisons, differences } = await compare('short', 'elsewhere', '--no-tests')
    expect([tests, comparisons]).toEqual([[], 0])
    expect(differences.map(({ key }) => key)).toEqual(['dataset', 'dataSeed', 'datasetHash'])
    expect(differences[0]!.values).toEqual(['rect', 'other'])
    expect(differences[1]!.values).toEqual([5, 6])
  })

  it('names the run without predictions and why it has none', async () => {
    const refused = await run('runs', 'compare', 'short', 'plain')
    expect([refused.code, errorOf(refused)]).toMatchObject([
      2,
      { code: 'NO_PREDICTIONS', where: 'plain', message: expect.stringContaining('no classifier') },
    ])
    await documentOf('models', 'export', 'short', path('short.npz'))
    await documentOf('models', 'import', path('short.npz'), '--name', 'copy')
    expect(errorOf(await run('runs', 'compare', 'short', 'copy'))).toMatchObject({
      code: 'NO_PREDICTIONS',
      where: 'copy',
      message: expect.stringContaining('imported'),
    })
    const { measures, differences } = await compare('short', 'plain', '--no-tests')
    expect(measures.find(({ key }) => key === 'test.error')!.values[1]).toBeNull()
    expect(differences.map(({ key }) => key)).toEqual(['classifier'])
  })

  it.each([
    ['one run', ['short']],
    ['21 runs', Array.from({ length: 21 }, () => 'short')],
    ['a run twice', ['short', 'short']],
    ['a split that has no predictions', ['short', 'long', '--split', 'train']],
  ])('refuses %s', async (_, args) => {
    const refused = await run('runs', 'compare', ...args)
    expect([refused.code, errorOf(refused)]).toMatchObject([2, { code: 'BAD_INPUT' }])
  })

  it('says by source image where test images were varied from others', async () => {
    const counts = ['--train', '60', '--valid', '20', '--test', '400']
    await documentOf('datasets', 'generate', 'mnist-rot', ...counts, '--source', 'rect', '--name', 'turned')
    await train('turned-1', { dataset: 'turned' })
    await train('turned-2', { dataset: 'turned', seed: 2 })
    const { tests, notices } = await compare('turned-1', 'turned-2')
    expect(tests[0]!.n).toBe(400)
    expect(notices).toEqual([expect.stringMatching(/^The 400 images were varied from \d+ source images: /)])
  })

  it('names the test, its n and what it takes for granted for people', () => {
    const args = ['bin/gae-workbench.js', 'runs', 'compare', 'short', 'long', 'ae', '--data', path('data')]
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect(status).toBe(0)
    const [differs, measured, tested] = stdout.trim().split('\n\n')
    expect(differs).toMatch(/^differs +short +long +ae\n/)
    expect(differs).toMatch(/^epochs +2 +6 +2$/m)
    expect(measured).toMatch(/^Test error \[95 %\] +\d/m)
    expect(tested).toContain('exact McNemar test (binomial, two-sided) on the 150 test images of rect')
    expect(tested).toContain('taken as drawn independently')
    expect(tested).toContain('3 comparisons')
  })
})
