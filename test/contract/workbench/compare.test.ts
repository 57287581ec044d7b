import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CompareService } from '../../../src/main/workbench/comparing/compareService'
import type { Store } from '../../../src/main/store/store'
import { wilsonInterval } from '../../../src/main/statistics/wilson'
import { parseCompared, type Compared } from '../../../src/shared/comparing'
import type { ImagesTest, SeedsTest, TestsQuery } from '../../../src/shared/significance'
import { firstOf, judgedRun, tinyDataset } from '../../support/judgedRun'
import { Folder, newRun, spec } from '../store/fixtures'

/** What the screen Compare asks for, of a store of runs whose errors are known. */

let folder: Folder
let store: Store
let compare: CompareService
const ids: Record<string, string> = {}

/** Errors on the test images of five seeds of two specs, of 100. */
const errors = { a: [10, 12, 9, 11, 13, 10, 12], b: [12, 15, 9, 14, 15, 13, 15], c: [20, 22, 19, 20, 23, 21, 22] }

beforeAll(async () => {
  folder = await Folder.make()
  store = await folder.open()
  compare = new CompareService(store)
  const rect = await tinyDataset(store, 'rect', 100)
  const other = await tinyDataset(store, 'other', 100, 2)
  const put = async (name: string, judged: Parameters<typeof judgedRun>[2]) =>
    (ids[name] = (await judgedRun(store, name, judged)).id)
  const wrong = (test: readonly number[], valid = firstOf(5)) => ({ test, valid })
  await put('one', { dataset: rect, wrong: wrong([1, 2, 3, 4], [7]) })
  await put('two', { dataset: rect, seed: 2, spec: { epochs: 7 }, wrong: wrong([3, ...firstOf(12, 50)], firstOf(9)) })
  await put('away', { dataset: other, wrong: wrong([1]) })
  for (const [name, counts] of Object.entries(errors)) {
    for (const [index, count] of counts.entries()) {
      const epochs = { a: 10, b: 20, c: 30 }[name]
      await put(`${name}-s${index + 1}`, {
        ...{ dataset: rect, seed: index + 1, spec: { epochs }, wrong: wrong(firstOf(count), firstOf(count + 1)) },
      })
    }
  }
  for (const seed of [11, 12]) {
    const own = await tinyDataset(store, `own ${seed}`, 100, seed)
    await put(`d-${seed}`, { dataset: own, seed, spec: { epochs: 10 }, wrong: wrong(firstOf(seed)) })
    await put(`e-${seed}`, { dataset: own, seed, spec: { epochs: 20 }, wrong: wrong(firstOf(2 * seed)) })
  }
  ids.waiting = (await store.runs.create(newRun('waiting', { spec: spec(), dataset: rect }))).id
})
afterAll(() => folder.remove())

const group = (name: string, seeds = [1, 2, 3, 4, 5, 6, 7]) =>
  `g:${seeds.map((seed) => ids[`${name}-s${seed}`]).join('+')}`
const own = (name: string) => `g:${ids[`${name}-11`]}+${ids[`${name}-12`]}`
const itemsOf = (link: string) => compare.items({ items: parseCompared(link) })
const tests = (link: string, changes: Partial<TestsQuery> = {}) =>
  compare.tests({ items: parseCompared(link), split: 'test', figure: 'error', against: null, ...changes })

describe('what a link compares', () => {
  it('are runs and groups by ids, prefixes and names, each told apart by name and dash', async () => {
    const { items, faults } = await itemsOf(`one,${ids.two!.slice(0, 8)},${group('a')}`)
    expect(faults).toEqual([])
    expect(items.map(({ id, name, isGroup }) => ({ id, name, isGroup }))).toEqual([
      { id: ids.one, name: 'one', isGroup: false },
      { id: ids.two, name: 'two', isGroup: false },
      { id: expect.stringMatching(/^g:/), name: 'a', isGroup: true },
    ])
    expect(items[2]!.runs).toHaveLength(7)
    // Eight colours: the ninth run has the first one's.
    const same = (await store.runs.list({ inBin: false })).filter(({ slot }) => slot === items[0]!.slot)
    const twins = (await itemsOf(same.map(({ id }) => id).join(','))).items
    expect(twins.map(({ dash }) => dash)).toEqual(same.map((_, index) => index))
  })

  it('is shown without what is not there or named twice, which is told', async () => {
    const { items, faults } = await itemsOf(`one,nothing,${ids.one},g:${ids.two}+gone`)
    expect(items.map(({ name }) => name)).toEqual(['one', 'two'])
    expect(faults.map(({ reference, error }) => [reference, error.code])).toEqual([
      ['nothing', 'RUN_NOT_FOUND'],
      [ids.one, 'BAD_INPUT'],
      ['gone', 'RUN_NOT_FOUND'],
    ])
  })
})

it('the seeds of a spec are found, of made data whatever it was made by', async () => {
  const names = async (run: string) => {
    const { runs, total } = await compare.seeds({ run })
    expect(total).toBe(runs.length)
    return (await Promise.all(runs.map((id) => store.runs.summary(id)))).map(({ name }) => name).sort()
  }
  // The data of d was made as that of a, by other seeds.
  expect(await names('a-s3')).toEqual([...firstOf(7, 1).map((seed) => `a-s${seed}`), 'd-11', 'd-12'].sort())
  expect(await names('two')).toEqual(['two'])
  await expect(compare.seeds({ run: 'nothing' })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
})

describe('the overview', () => {
  const overview = (link: string) => compare.overview({ items: parseCompared(link) })

  it('says which settings differ; seeds that two groups share do not', async () => {
    const { settings } = await overview(`${group('a')},${group('b')}`)
    expect(settings.filter(({ differs }) => differs)).toEqual([{ key: 'epochs', differs: true, cells: [[10], [20]] }])
    expect(settings.find(({ key }) => key === 'seed')).toEqual({
      ...{ key: 'seed', differs: false, cells: [firstOf(7, 1), firstOf(7, 1)] },
    })
    expect(settings.find(({ key }) => key === 'model.kind')?.cells).toEqual([['mcae'], ['mcae']])
    const runs = (await overview('one,two')).settings.filter(({ differs }) => differs)
    expect(runs.map(({ key, cells }) => [key, cells])).toEqual([
      ['epochs', [[100], [7]]],
      ['seed', [[1], [2]]],
    ])
    // What differs within a group is no chance.
    const mixed = (await overview(`g:${ids.one}+${ids.two},away`)).settings.find(({ key }) => key === 'epochs')
    expect(mixed).toEqual({ key: 'epochs', differs: true, cells: [expect.arrayContaining([7, 100]), [100]] })
  })

  it("has a run's figure with its interval, and a group's mean, spread and t-interval; best is by validation alone", async () => {
    const { measures, notices } = await overview(`one,${group('a')}`)
    const of = (key: string) => measures.find((measure) => measure.key === key)!
    expect(of('test.error').cells[0]).toEqual({
      ...{ value: 0.04, interval: wilsonInterval(4, 100), std: null, runs: 1, images: 100 },
    })
    // Mean 0.11, std of 10 12 9 11 13 10 12 by n - 1, t of 6 degrees 2.446912.
    const std = Math.sqrt([10, 12, 9, 11, 13, 10, 12].reduce((sum, x) => sum + (x - 11) ** 2, 0) / 6) / 100
    expect(of('test.error').cells[1]).toEqual({
      ...{ value: expect.closeTo(0.11, 12), std: expect.closeTo(std, 12), runs: 7, images: 100 },
      interval: [-1, 1].map((side) => expect.closeTo(0.11 + (side * 2.446912 * std) / Math.sqrt(7), 7)),
    })
    expect(of('valid.error').best).toEqual([ids.one])
    expect(measures.filter(({ key }) => !key.startsWith('valid.')).flatMap(({ best }) => best)).toEqual([])
    expect(notices).toEqual([])
  })

  it('marks nothing best where data is unlike', async () => {
    const { measures, notices } = await overview('one,away')
    expect(measures.flatMap(({ best }) => best)).toEqual([])
    expect(notices[0]).toContain('unlike data')
  })
})

describe('a test', () => {
  it('of two runs is the exact one of the images that one alone gets wrong', async () => {
    const answer = await tests('one,two')
    const [test] = answer.tests as (ImagesTest & { pHolm: number | null })[]
    // 1, 2, 4 alone against 50 to 61: 2 (C(15,0) + C(15,1) + C(15,2) + C(15,3)) / 2^15.
    expect(test).toMatchObject({ kind: 'images', n: 100, onlyA: 3, onlyB: 12, difference: -0.09, pHolm: null })
    expect(test!.p).toBeCloseTo((2 * (1 + 15 + 105 + 455)) / 2 ** 15, 12)
    expect(test!.interval[0]).toBeLessThan(-0.09)
    expect(test!.interval[1]).toBeLessThan(0)
    expect(answer.comparisons).toBe(1)
    expect(await tests('one,two')).toEqual(answer)
  })

  it('of two specs pairs their runs by seed', async () => {
    const { tests: found } = await tests(`${group('a')},${group('b')}`)
    const test = found[0] as SeedsTest
    // Differences -2 -3 0 -3 -2 -3 -3 of 100: mean -16/7, std 1.112697, t of 6 degrees 2.446912.
    const half = (2.446912 * 1.1126973) / Math.sqrt(7)
    expect(test).toMatchObject({ kind: 'seeds', n: 7, notices: [] })
    expect(test.difference).toBeCloseTo(-16 / 700, 12)
    expect(test.interval).toEqual([-1, 1].map((side) => expect.closeTo((-16 / 7 + side * half) / 100, 6)))
    expect(test.better.probability).toBeCloseTo(6.5 / 7, 12)
    expect(test.better.verdict).toBe('meaningful')
    const validation = (await tests(`${group('a')},${group('b')}`, { split: 'valid' })).tests[0] as SeedsTest
    expect(validation.difference).toBeCloseTo(-16 / 700, 12)
  })

  it('of one spec against several is corrected by Holm, and says of how many', async () => {
    const [a, b, c] = [group('a'), group('b'), group('c')]
    const against = (await itemsOf(a)).items[0]!.id
    const { tests: found, comparisons } = await tests([a, b, c].join(), { against })
    expect(comparisons).toBe(2)
    expect(found.map((test) => test.b)).toEqual([against, against])
    const [ofB, ofC] = found as (SeedsTest & { pHolm: number })[]
    expect(ofC!.p!).toBeLessThan(ofB!.p!)
    expect(ofC!.pHolm).toBeCloseTo(2 * ofC!.p!, 12)
    expect(ofB!.pHolm).toBeCloseTo(ofB!.p!, 12)
    expect((await tests([a, b, c].join())).comparisons).toBe(3)
  })

  it('leaves out runs without a partner, and does not pair where seeds do not match', async () => {
    const some = (await tests(`${group('a', [1, 2, 3])},${group('b', [2, 3, 4])}`)).tests[0] as SeedsTest
    expect(some).toMatchObject({ n: 2, better: { verdict: 'few' } })
    expect(some.notices.join()).toContain('2 runs whose seed and data the other has not')
    const apart = (await tests(`${group('a', [1, 2, 3])},${group('b', [4, 5, 6, 7])}`)).tests[0] as SeedsTest
    expect(apart).toMatchObject({ n: [3, 4], better: { probability: 1 } })
    expect(apart.notices.join()).toContain('not paired')
  })

  it('pairs by seed and data where each run has data of its own', async () => {
    const paired = (await tests(`${own('d')},${own('e')}`)).tests[0] as SeedsTest
    expect(paired).toMatchObject({ n: 2, difference: expect.closeTo(-0.115, 12) })
  })

  it.each([
    ['one,away', 'TEST_SETS_DIFFER'],
    ['one,waiting', 'NO_PREDICTIONS'],
    ['GROUP a,OWN d', 'TEST_SETS_DIFFER'],
    ['GROUP a,one', 'TOO_FEW_RUNS'],
    ['GROUP a,g:SHARED', 'SHARED_RUNS'],
  ])('of %s is refused: %s', async (link, code) => {
    const whole = link
      .replace('GROUP a', group('a'))
      .replace('OWN d', own('d'))
      .replace('g:SHARED', `g:${ids['a-s1']}+${ids['b-s2']}`)
    const { tests: found, comparisons } = await tests(whole)
    expect(found).toMatchObject([{ kind: 'refused', error: { code } }])
    expect(comparisons).toBe(0)
  })
})

it('images that one run gets right and another wrong are paged, in both directions', async () => {
  const query = { right: 'one', wrong: 'two', split: 'test' as const, at: 0, count: 5 }
  const page = await compare.images(query)
  expect(page).toMatchObject({ total: 12, other: 3, n: 100, bothWrong: 1, classes: ['tall', 'wide'], shape: [1, 2] })
  expect(page.rows.map(({ index }) => index)).toEqual(firstOf(5, 50))
  expect(page.rows[0]).toEqual({ index: 50, label: 0, predicted: 1 })
  expect(page.images).toHaveLength(10)
  expect((await compare.images({ ...query, at: 10 })).rows.map(({ index }) => index)).toEqual([60, 61])
  const back = await compare.images({ ...query, right: 'two', wrong: 'one' })
  expect([back.total, back.other, back.rows.map(({ index }) => index)]).toEqual([3, 12, [1, 2, 4]])
  await expect(compare.images({ ...query, wrong: 'away' })).rejects.toMatchObject({ code: 'TEST_SETS_DIFFER' })
  await expect(compare.images({ ...query, wrong: 'waiting' })).rejects.toMatchObject({ code: 'NO_PREDICTIONS' })
})

it('every item has runs, newest first', async () => {
  const { items } = await itemsOf(`${group('a')},one`)
  const created = (item: Compared) => item.runs.map((run) => run.created)
  for (const item of items) expect(created(item)).toEqual(created(item).toSorted().reverse())
})
