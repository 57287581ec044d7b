import { describe, expect, it } from 'vitest'
import { formatCompared, parseCompared } from '../../../src/shared/comparing'

describe('the runs of a link', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['g:a+b,c', [['a', 'b'], 'c']],
    // A browser's query may make a space of a plus.
    ['g:a b', [['a', 'b']]],
    [' a ,,g:,b', ['a', 'b']],
    ['g:a', [['a']]],
    ['', []],
  ])('%j', (text, expected) => {
    const references = parseCompared(text)
    expect(references.map(({ group, runs }) => (group ? runs : runs[0]))).toEqual(expected)
    expect(parseCompared(formatCompared(references))).toEqual(references)
  })
})
