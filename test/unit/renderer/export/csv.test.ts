import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { exactNumber, forSpreadsheets, toCsv } from '../../../../src/renderer/src/export/csv'
import { fileName, originLine } from '../../../../src/renderer/src/export/provenance'
import { confusionCsv, curvesCsv, predictionsCsv } from '../../../../src/renderer/src/export/runTables'

const origin = { id: 'r1', name: 'rect, long "name"', seed: 7, dataset: 'rect', datasetHash: 'ab'.repeat(32) }
const head = `r1,"rect, long ""name""",7,rect,${'ab'.repeat(32)}`

describe('exported numbers', () => {
  it('read back as the same float32, in the shortest form', () => {
    for (const value of [0.1, 1 / 3, 16_777_216, 1e-30, -0.062, 0]) {
      const single = Math.fround(value)
      expect(Math.fround(Number(exactNumber(single)))).toBe(single)
    }
    expect(exactNumber(Math.fround(0.1))).toBe('0.1')
  })
  it('keep the digits of a float64', () => {
    expect(Number(exactNumber(0.1 + 0.2))).toBe(0.1 + 0.2)
  })
})

describe('CSV', () => {
  it('quotes what needs it and leaves absent values empty', () => {
    expect(toCsv(['a', 'b'], [['x, y', null]])).toBe('a,b\r\n"x, y",\r\n')
  })

  it('of the curves holds every epoch with its origin', () => {
    const text = curvesCsv(
      origin,
      [{ phase: 'pretrain', class: 1, epoch: 3, trainLoss: 1.25, validLoss: null, validError: null, seconds: 2.5 }],
      ['tall', 'wide'],
    )
    expect(text.split('\r\n')).toEqual([
      'run,run_name,seed,dataset,dataset_sha256,phase,class,class_name,epoch,train_loss,valid_loss,valid_error,seconds',
      `${head},pretrain,1,wide,3,1.25,,,2.5`,
      '',
    ])
  })

  it('of the confusion matrix gives counts and shares of the true class', () => {
    const evaluation = {
      split: 'test',
      n: 8,
      loss: null,
      error: 0.125,
      errorInterval: null,
      nll: 0.1,
      confusion: [
        [3, 1],
        [0, 4],
      ],
    }
    const rows = confusionCsv(origin, evaluation, ['tall', 'wide']).trimEnd().split('\r\n')
    expect(rows.slice(1)).toEqual([
      `${head},test,tall,tall,3,0.75`,
      `${head},test,tall,wide,1,0.25`,
      `${head},test,wide,tall,0,0`,
      `${head},test,wide,wide,4,1`,
    ])
  })

  it('of the misclassified images has a score a class', () => {
    const text = predictionsCsv(origin, 'test', [{ index: 5, label: 0, predicted: 1, scores: [-1.5, 2] }], ['a', 'b'])
    expect(text.split('\r\n')[0]).toMatch(/split,index,label,predicted,s_0,s_1$/)
    expect(text.split('\r\n')[1]).toBe(`${head},test,5,0,1,-1.5,2`)
  })
})

it('pictures name their run, seed and dataset', () => {
  expect(originLine(origin)).toBe('rect, long "name" (r1), seed 7, dataset rect (sha256 abababababab)')
})

it('file names hold nothing that a system refuses', () => {
  expect(fileName('rect: "best"/2 ', 'curves', 'csv')).toBe('rect-best-2-curves.csv')
  expect(fileName('???', 'curves', 'csv')).toBe('run-curves.csv')
})

describe('on request, for spreadsheets', () => {
  beforeEach(() => void (forSpreadsheets.value = true))
  afterEach(() => void (forSpreadsheets.value = false))

  test.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+cmd', "'+cmd"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['-0.5', '-0.5'],
    ['+3e-7', '+3e-7'],
    ['a=b', 'a=b'],
  ])('the text %j is no formula', (text, cell) => {
    expect(toCsv(['name'], [[text]])).toBe(`name\r\n${cell}\r\n`)
  })

  test('numbers stay', () => {
    expect(toCsv(['a', 'b'], [[-1.5, -3e-7]])).toBe('a,b\r\n-1.5,-3e-7\r\n')
  })
})

test('else text is kept as it is', () => {
  expect(toCsv(['name'], [['=1+1']])).toBe('name\r\n=1+1\r\n')
})
