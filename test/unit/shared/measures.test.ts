import { describe, expect, it } from 'vitest'
import { evaluationDocument, resultOf, resultWords, told } from '../../../src/shared/measures'
import { formatPercent } from '../../../src/shared/numbers'
import { splitMeasures } from '../../../src/shared/splitMeasures'

const evaluation = { split: 'test', n: 1000, loss: 11.07, error: null, errorInterval: null, nll: null, confusion: null }
const [error] = splitMeasures
const errorOf = (value: number | null, errorInterval: [number, number] | null, n: number) =>
  told(error!, { ...evaluation, error: value, errorInterval, n })

describe('an error', () => {
  it('stands with its interval, to one image', () => {
    expect(errorOf(0.0062, [0.00479, 0.00794], 10_000)).toBe('0.62 % [0.48, 0.79]')
    expect(errorOf(0.031, [0.022, 0.0437], 1000)).toBe('3.1 % [2.2, 4.4]')
  })

  it('is -- where there is none', () => {
    expect(told(error!, null)).toBe('--')
    expect(errorOf(null, null, 100)).toBe('--')
  })

  it('tells one image apart whatever n is', () => {
    for (const n of [7, 100, 1000, 9999, 50_000]) {
      expect(formatPercent(1 / n, n)).not.toBe(formatPercent(2 / n, n))
    }
  })
})

it('tells what a run reached: a classifier its error, any other its loss', () => {
  expect(resultOf({ classifier: false, test: evaluation })).toBe('loss 11.07')
  expect(resultOf({ classifier: true, test: { ...evaluation, error: 0.031 } })).toBe('3.1 %')
  expect(resultOf({ classifier: true, test: evaluation })).toBe('--')
  expect(resultOf({ classifier: false, test: null })).toBe('--')
  expect(resultWords({ classifier: true, test: { ...evaluation, error: 0.031 } })).toBe('test error 3.1 %')
  expect(resultWords({ classifier: false, test: evaluation })).toBe('test loss 11.07')
})

it('gives the JSON of an evaluation: what it has, or null for what it lacks', () => {
  expect(evaluationDocument(evaluation)).toEqual({ loss: 11.07, n: 1000 })
  expect(evaluationDocument(evaluation, true)).toEqual({
    error: null,
    errorInterval: null,
    nll: null,
    loss: 11.07,
    n: 1000,
  })
  const found = { ...evaluation, error: 0.5, errorInterval: [0.4, 0.6] as [number, number], nll: 0.7 }
  expect(evaluationDocument(found)).toEqual({ error: 0.5, errorInterval: [0.4, 0.6], nll: 0.7, loss: 11.07, n: 1000 })
})
