import { describe, expect, it } from 'vitest'
import { groupName, namesApart } from '../../../src/main/workbench/comparing/names'

describe('the name of a group', () => {
  it.each([
    [['rect-2', 'rect-1'], 'rect'],
    [['quick-10', 'quick-11', 'quick-12'], 'quick'],
    [['mcae seed 1', 'mcae seed 2'], 'mcae'],
    [['mcae-s1', 'mcae-s2'], 'mcae'],
    [['bias-s1', 'bias-s2'], 'bias'],
    [['runs', 'runs-2'], 'runs'],
    [['glass 1', 'glass 2'], 'glass'],
    [['a', 'b'], 'a'],
    [['7', '8'], '7'],
    [['one'], 'one'],
    [['depth3_1', 'depth3_2'], 'depth3'],
  ])('%j is %j', (names, expected) => expect(groupName(names)).toBe(expected))
})

it('names that several have get the id behind them', () => {
  const named = ['a', 'b', 'a'].map((name, index) => ({ name, id: `id${index}` }))
  expect(namesApart(named)).toEqual(['a id0', 'b', 'a id2'])
})
