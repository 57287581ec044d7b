import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Random } from '../../../src/main/datasets/random'
import { keys } from '../../../src/main/query/keys'
import { settingKeys } from '../../../src/main/query/settingKeys'
import { parseFilter, parseSort } from '../../../src/main/query/parse'
import { printFilter } from '../../../src/main/query/print'
import { filterSql, sortSql } from '../../../src/main/query/sql'
import { testFigureNotices } from '../../../src/main/query/testFigures'
import { errorLine, WorkbenchError } from '../../../src/shared/errors'
import { settingPaths } from '../../../src/shared/spec/settings'
import { randomFilter } from '../../support/randomFilter'

const printed = (text: string): string => printFilter(parseFilter(text))

function errorOf(act: () => unknown): WorkbenchError {
  try {
    act()
  } catch (error) {
    if (error instanceof WorkbenchError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
const refusal = (text: string): WorkbenchError => errorOf(() => parseFilter(text))

describe('a filter', () => {
  it.each([
    ['model.kind=mcae AND(valid.error<0.02)', 'model.kind = mcae and valid.error < 0.02'],
    ["name ~ 'a b' or name in (paper , \"it's\")", 'name ~ "a b" or name in (paper, "it\'s")'],
    ['not engine is null and device IS NOT NULL', 'not engine is null and device is not null'],
    ['(seed = 1 or seed = 2) and epochs >= 10', '(seed = 1 or seed = 2) and epochs >= 10'],
    ['seed = 1 or (seed = 2 and epochs >= 1e1)', 'seed = 1 or seed = 2 and epochs >= 10'],
    ['not not not (seed = 1)', 'not seed = 1'],
    ['name = "and" or name = "\\"\\\\"', 'name = "and" or name = "\\"\\\\"'],
    ['created >= 2026-11-29 and preprocess.contrast = true', 'created >= 2026-11-29 and preprocess.contrast = true'],
  ])('%s is read as %s', (text, wanted) => expect(printed(text)).toBe(wanted))

  it('prints to a text that is read as the same filter', () => {
    const random = new Random(1, 0)
    const texts = ['and', 'a "b" \\', 'ä*?[x]', '', "it's", 'Null', '-']
    const samples = (path: string) =>
      path === 'created' ? ['2026-11-29T10:30:00.007Z'] : path === 'name' ? texts : [1, 2.5e-7, -3, 1e21]
    for (let i = 0; i < 300; i++) {
      const { text } = randomFilter(random, samples)
      const filter = parseFilter(text)
      expect(parseFilter(printFilter(filter)), text).toEqual(filter)
      expect(printed(printFilter(filter))).toBe(printFilter(filter))
    }
  })

  it.each([
    ['', 1, 'Expected a key'],
    ['seed =', 7, 'Expected a value'],
    ['seed = 1 nad name = x', 10, 'Expected'],
    ['seed = 1 and (name ~ x', 23, 'Expected'],
    ['seed = 1)', 9, 'Expected'],
    ['name = "open', 8, 'The quote has no end'],
    ["name in ('a', 'b\\')", 15, 'The quote has no end'],
    ['name "x"', 6, 'Expected'],
    ['name in ()', 10, 'Expected a value'],
    ['name == x', 7, 'Expected a value'],
    ['name = null', 8, 'Expected a value'],
    ['valid.error < 0.02 and model.knd = mcae', 24, 'There is no key "model.knd"'],
    ['valid.error < low', 15, 'valid.error is a number, not "low"'],
    ['seed = 1e999', 8, 'seed is a number, not "1e999"'],
    ['status in (done, finished)', 18, 'status is one of queued, running'],
    ['preprocess.contrast = yes', 23, 'preprocess.contrast is true or false, not "yes"'],
    ['created > yesterday', 11, 'created is a time as 2026-11-29'],
    ['seed ~ 1', 6, 'seed takes = != < <= > >=, not ~'],
    ['classifier = energy', 12, 'classifier is a part of the spec'],
  ])('%s is refused at its column', (text, column, message) => {
    const error = refusal(text)
    expect(error).toMatchObject({ code: 'FILTER', where: `--filter, column ${column}`, exit: 2 })
    expect(error.message).toContain(message)
  })

  it.each([
    ['learningRate', 'optimizer.learningRate'],
    ['kind', 'model.kind'],
    ['valid.eror', 'valid.error'],
    ['Model.Kind', 'model.kind'],
    ['dataseed', 'dataSeed'],
  ])('with the unknown key %s names the nearest, %s', (path, wanted) => {
    expect(refusal(`${path} = 1`).remedy).toContain(wanted)
    expect(errorOf(() => parseSort(path))).toMatchObject({ code: 'FILTER', where: '--sort' })
  })

  it.each([
    ['a bracket left open', '(' + 'seed = 1'],
    ['brackets in brackets', '('.repeat(900) + 'seed = 1' + ')'.repeat(900)],
    ['denials', 'not '.repeat(499) + '('],
    ['a second statement', "name = 'x'; drop table runs; --"],
    ['a condition that is always true', "name = '' or 1=1 --"],
    ['more than a filter holds', 'name = "' + 'x'.repeat(10_000) + '"'],
    ['what a terminal obeys', '\u001b[31m\u009b31m\u2028 = 1'],
    ['a prototype', '__proto__ = 1'],
    ['a constructor', 'constructor = 1'],
    ['one long word', 'x'.repeat(1999)],
    ['quotes', '"'.repeat(1999)],
    ['a path of many parts', 'a.'.repeat(900) + ' = 1'],
  ])('refuses %s in one line', (_, text) => {
    const line = errorLine(refusal(text).toData())
    expect(line).toMatch(/^--filter, column \d+: .{5,300} \[FILTER\]$/)
    expect(line).not.toMatch(/\p{C}|\u2028/u)
  })

  it('takes many denials, and a list as long as a filter may be', () => {
    expect(printed('not '.repeat(497) + 'seed=1')).toBe('not seed = 1')
    const list = `seed in (${'1,'.repeat(990)}1)`
    expect(parseFilter(list)).toMatchObject({ type: 'in', values: Array.from({ length: 991 }, () => 1) })
  })

  it('leaves no word of a user in its SQL', () => {
    const { sql, bindings } = filterSql(parseFilter(`name = "x' OR 1=1 --" and not name ~ "%;" and seed in (7, 8)`))
    expect(sql).toBe('((runs.name IS ?) AND (NOT (IFNULL(runs.name GLOB ?, 0))) AND (IFNULL(runs.seed IN (?, ?), 0)))')
    expect(bindings).toEqual(["x' OR 1=1 --", '*%;*', 7, 8])
  })

  it('asks of keys with several values whether one fulfils it, and for != whether none does', () => {
    const start = 'EXISTS (SELECT 1 FROM run_tags WHERE run_tags.run = runs.id'
    expect(filterSql(parseFilter('tag in (paper, best)'))).toEqual({
      sql: `(${start} AND (IFNULL(run_tags.tag IN (?, ?), 0))))`,
      bindings: ['paper', 'best'],
    })
    expect(filterSql(parseFilter('tag != paper')).sql).toBe(`(NOT ${start} AND (run_tags.tag IS ?)))`)
    expect(filterSql(parseFilter('tag is null')).sql).toBe(`(NOT ${start}))`)
  })
})

describe('an order', () => {
  it('is a key, with - before it downwards; runs without the value come last', () => {
    expect(sortSql(parseSort('-seed'))).toBe('runs.seed DESC NULLS LAST')
    expect(sortSql(parseSort('name'))).toBe('runs.name COLLATE NOCASE ASC NULLS LAST')
  })
  it.each(['classifier', 'tag'])('is none of %s, of which a run has not one value', (path) => {
    expect(errorOf(() => parseSort(path))).toMatchObject({
      code: 'FILTER',
      where: '--sort',
      message: `${path} has no order`,
    })
  })
})

it('test figures are never chosen by without a word', () => {
  const filter = parseFilter('valid.error < 0.1 and (test.nll < 1 or not test.error >= 0.2)')
  expect(testFigureNotices(filter, parseSort('-test.error'))).toEqual([
    'Filtered by test NLL: not for choosing.',
    'Filtered by test error: not for choosing.',
    'Sorted by test error: not for choosing.',
  ])
  expect(testFigureNotices(parseFilter('valid.error < 0.1'), parseSort('valid.nll'))).toEqual([])
})

it('every setting is a key, and docs/filter.md names every other key', () => {
  const reached = keys.map(({ path }) => path.replace(/^spec\./, ''))
  expect(settingPaths.filter((path) => !reached.includes(path))).toEqual([])
  const text = readFileSync('docs/filter.md', 'utf8')
  const others = keys.filter((one) => !settingKeys.includes(one)).map(({ path }) => path)
  expect(others.filter((path) => !text.includes(`\`${path}\``))).toEqual([])
})
