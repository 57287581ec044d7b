import type { Knex } from 'knex'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Random } from '../../../src/main/datasets/random'
import { keys } from '../../../src/main/query/keys'
import { parseFilter, parseSort } from '../../../src/main/query/parse'
import { filterSql, sortSql } from '../../../src/main/query/sql'
import { dataPaths } from '../../../src/main/store/dataFolder'
import { openDatabase } from '../../../src/main/store/database'
import type { PageQuery } from '../../../src/main/store/runPage'
import type { Store } from '../../../src/main/store/store'
import { evaluationSchema, runStatusSchema, type RunDetail } from '../../../src/shared/runs'
import { randomFilter, subjectOf, type Subject } from '../../support/randomFilter'
import { Folder, newDataset, newRun, spec } from './fixtures'

const count = 48
const names = ['rect', 'RECT-2', 'Ärger', 'ä*b', 'x?y', '[z]', '100%', 'a_b', `"it's"`, 'and', 'paper best', '\\']

let folder: Folder
let store: Store
let database: Knex
/** Newest first. */
let runs: RunDetail[]

const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(0, list.length - 1)]!

function randomSpec(random: Random) {
  const kind = pick(random, ['ae', 'cae', 'mcae', 'gae'])
  return spec({
    model: { kind, activation: pick(random, ['sigmoid', 'tanh']) },
    dataset: pick(random, ['rect', 'digits']),
    preprocess: { contrast: pick(random, [true, false]) },
    optimizer: { learningRate: pick(random, [0.01, 0.003, 1e-7]), maxNorm: pick(random, [null, 0.3]) },
    seed: random.integer(1, 4),
    epochs: random.integer(1, 3),
    earlyStopping: pick(random, [null, {}, { patience: 3 }]),
    classifier: pick(random, kind === 'gae' ? [undefined] : [undefined, { finetune: 'all' }, { earlyStopping: null }]),
  })
}

const evaluation = (random: Random, split: string) =>
  evaluationSchema.parse({
    split,
    n: 700,
    loss: random.uniform() * 100,
    error: pick(random, [null, random.integer(0, 700) / 700]),
    errorInterval: null,
    nll: pick(random, [null, random.uniform()]),
    confusion: null,
  })

/** Keys that a spec of an older version may lack. */
const younger = ['classifier.schedule', 'preprocess.whiten', 'contraction', 'earlyStopping', 'model.decoder', 'fresh']

beforeAll(async () => {
  folder = await Folder.make()
  store = await folder.open()
  database = await openDatabase(dataPaths(folder.path))
  const random = new Random(3, 0)
  const dataset = await store.datasets.add(newDataset('rect'))
  for (let i = 0; i < count; i++) {
    const made = { spec: randomSpec(random), dataset: pick(random, [dataset, null]) }
    const { id } = await store.runs.create(newRun(`${pick(random, names)}${pick(random, ['', '-1', 'é'])}`, made))
    const month = random.integer(1, 12)
    await database('runs')
      .where({ id })
      .update({
        status: pick(random, runStatusSchema.options),
        engine: pick(random, [null, 'onnx', 'tfjs']),
        device: pick(random, [null, 'cpu', 'cuda']),
        created: new Date(Date.UTC(2026, month, 3, 10, 30, i, 7)).toISOString(),
        epochs: random.integer(0, 3),
        note: pick(random, [null, 'looks good', "50% of\nit's dots"]),
        seconds: pick(random, [0, random.uniform() * 1000]),
        deleted: i % 12 === 0 ? '2026-11-29T00:00:00.000Z' : null,
        ...(i % 3 === 0
          ? { spec: database.raw('json_remove(spec, ?)', [`$.${younger[(i / 3) % younger.length]}`]) }
          : {}),
      })
    for (const tag of ['paper', 'best', 'Zürich 2']) {
      if (random.integer(0, 2) === 0) await database('run_tags').insert({ run: id, tag })
    }
    for (const split of ['valid', 'test']) {
      if (random.integer(0, 3) === 0) continue
      await database('results').insert({ run: id, split, evaluation: JSON.stringify(evaluation(random, split)) })
    }
  }
  const listed = await store.runs.list({ inBin: false })
  runs = await Promise.all(listed.map(({ id }) => store.runs.detail(id)))
})
afterAll(async () => {
  await database.destroy()
  await folder.remove()
})

const page = (query: Partial<PageQuery> = {}) =>
  store.runs.page({ inBin: false, where: null, order: null, limit: null, offset: 0, ...query })
const taken = async (text: string) => (await page({ where: filterSql(parseFilter(text)) })).runs.map(({ id }) => id)

describe('a page of runs', () => {
  it('is by itself all runs that are kept, newest first, with their results', async () => {
    const { runs: all, total } = await page()
    expect(all).toEqual(await store.runs.list({ inBin: false }))
    expect(total).toBe(44)
    expect((await page({ inBin: true })).total).toBe(4)
  })

  it('is that of a filter in memory, for every filter', async () => {
    const random = new Random(5, 0)
    const samples = (path: string) => runs.map((run) => subjectOf(run)(path))
    let some = 0
    for (let i = 0; i < 400; i++) {
      const { text, takes } = randomFilter(random, samples)
      const wanted = runs.filter((run) => takes(subjectOf(run))).map(({ id }) => id)
      expect(await taken(text), text).toEqual(wanted)
      if (wanted.length > 0 && wanted.length < runs.length) some++
    }
    // Most filters tell runs apart, or they would prove nothing.
    expect(some).toBeGreaterThan(150)
  })

  it('sorts by every key either way, runs without the value last, equal ones newest first', async () => {
    for (const key of keys.filter(({ type, rows }) => type !== 'part' && rows === null)) {
      for (const down of [false, true]) {
        const order = sortSql(parseSort(`${down ? '-' : ''}${key.path}`))
        const found = (await page({ order })).runs.map(({ id }) => id)
        expect(found, `${down ? '-' : ''}${key.path}`).toEqual(sorted(key.path, down, key.type === 'text'))
      }
    }
  })

  it('has so many runs from so far on, and how many there are in all', async () => {
    const ids = runs.map(({ id }) => id)
    const { runs: some, total } = await page({ limit: 5, offset: 7 })
    expect({ ids: some.map(({ id }) => id), total }).toEqual({ ids: ids.slice(7, 12), total: 44 })
    expect((await page({ offset: 40 })).runs.map(({ id }) => id)).toEqual(ids.slice(40))
    expect(await page({ limit: 0 })).toEqual({ runs: [], total: 44 })
    expect(await page({ offset: 100 })).toEqual({ runs: [], total: 44 })
    const where = filterSql(parseFilter('classifier is not null'))
    const classifiers = runs.filter(({ classifier }) => classifier).length
    expect((await page({ where, limit: 2 })).total).toBe(classifiers)
  })

  it('takes the longest filters, and brackets as deep as they may be', async () => {
    const ids = runs.map(({ id }) => id)
    expect(await taken(`seed in (${'9,'.repeat(990)}9)`)).toEqual([])
    expect(await taken(Array.from({ length: 180 }, () => 'seed=99').join(' or '))).toEqual([])
    expect(await taken(`${'not ('.repeat(20)}seed = 99 or name ~ xxx${')'.repeat(20)}`)).toEqual([])
    expect(await taken(`${'not '.repeat(401)}seed = 99`)).toEqual(ids)
  })
})

function sorted(path: string, down: boolean, anyCase: boolean): string[] {
  const of = (subject: Subject): number | string | null => {
    const value = subject(path) ?? null
    // SQLite's NOCASE knows the letters a to z.
    if (typeof value === 'string') return anyCase ? value.replace(/[A-Z]/g, (one) => one.toLowerCase()) : value
    return typeof value === 'boolean' ? Number(value) : (value as number | null)
  }
  const rows = runs.map((run) => ({ id: run.id, value: of(subjectOf(run)) }))
  const order = (a: number | string, b: number | string): number => (a === b ? 0 : a < b ? -1 : 1)
  return [
    ...rows
      .filter(({ value }) => value !== null)
      .sort((a, b) => (down ? order(b.value!, a.value!) : order(a.value!, b.value!))),
    ...rows.filter(({ value }) => value === null),
  ].map(({ id }) => id)
}
