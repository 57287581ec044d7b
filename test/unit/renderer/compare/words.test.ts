import { describe, expect, it } from 'vitest'
import { cellText, figureText } from '../../../../src/renderer/src/views/Compare/itemWords'
import { differenceText, endsText, pText, verdictText } from '../../../../src/renderer/src/views/Compare/testWords'
import { measureOf } from '../../../../src/shared/measures'
import type { SeedsTest, Verdict } from '../../../../src/shared/significance'

describe('a figure', () => {
  it('of a run has the digits of one image, the mean of a group one more and its spread', () => {
    const error = measureOf('test.error')
    const run = { value: 0.0062, interval: [0.0048, 0.0079], std: null, runs: 1, images: 10_000 } as const
    expect(figureText(error, run)).toEqual({ text: '0.62 %', interval: '[0.48, 0.79]' })
    const group = { value: 0.143, interval: [0.118, 0.168], std: 0.0291, runs: 5, images: 100 } as const
    expect(figureText(error, group)).toEqual({ text: '14.3 ± 2.9 %', interval: '[11.8, 16.8]' })
    expect(figureText(error, null)).toEqual({ text: '--', interval: null })
    const loss = { value: 187.66, interval: [187.3, 188.02], std: 0.3547, runs: 5, images: 100 } as const
    expect(figureText(measureOf('valid.loss'), loss)).toEqual({ text: '187.7 ± 0.3547', interval: '[187.3, 188.0]' })
  })

  it('of settings lists what is said, each once, and not without end', () => {
    expect(cellText([1, 2, 3])).toBe('1, 2, 3')
    expect(cellText([null, { kind: 'energy' }, { kind: 'other' }])).toBe('--, set')
    expect(cellText(Array.from({ length: 12 }, (_, index) => index))).toBe('0, 1, 2, 3, 4, 5, 6, 7 and 4 more')
  })
})

describe('a test', () => {
  it('tells differences with their sign, and small p by their size', () => {
    expect(differenceText(-0.0018, 'error', 10_000)).toBe('-0.18 %')
    expect(differenceText(0.09, 'error', 100)).toBe('+9 %')
    expect(differenceText(0, 'error', 10_000)).toBe('0.00 %')
    expect(differenceText(-0.000001, 'error', 100)).toBe('0 %')
    expect(endsText([-0.0031, 0.0005], 'error', 10_000)).toBe('[-0.31, +0.05]')
    expect(differenceText(-1.2345, 'nll', 10_000)).toBe('-1.23')
    expect([pText(0.0081), pText(3.04e-6), pText(1), pText(null)]).toEqual(['0.00810', '3.0e-6', '1.00', '--'])
  })

  it('names the better one only where it can be told', () => {
    const of = (verdict: Verdict, probability: number) =>
      verdictText({ better: { verdict, probability, interval: [0, 1] } } as SeedsTest, 'a', 'b')
    expect(of('few', 1)).toBe('too few runs to tell')
    expect(of('undecided', 0.6)).toBe('not told apart')
    expect(of('significant', 0.6)).toBe('a better, though not by much')
    expect(of('meaningful', 0.1)).toBe('b better')
  })
})
