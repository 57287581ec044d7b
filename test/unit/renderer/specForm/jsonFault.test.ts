import { describe, expect, it } from 'vitest'
import { jsonFault } from '../../../../src/renderer/src/specForm/jsonFault'

const engineTakes = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('a fault in JSON', () => {
  it.each([
    ['{\n  "epochs": ,\n}', 2, 13, 'a value is needed'],
    ['{"a": 1 "b": 2}', 1, 9, 'a comma or the end is needed'],
    ['{"a" 1}', 1, 6, 'a colon is needed'],
    ['{a: 1}', 1, 2, 'keys and text stand in double quotes'],
    ['{"a": "b', 1, 7, 'this text does not end'],
    ['{"a": 1', 1, 8, '} is missing'],
    ['{"a":', 1, 6, 'the end comes too early'],
    ['', 1, 1, 'the end comes too early'],
    ['{} {}', 1, 4, 'nothing may follow'],
  ])('in %j stands in line %i, column %i: %s', (text, line, column, words) => {
    expect(jsonFault(text)).toEqual({ line, column, words })
  })

  it('is seen exactly where the engine refuses', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '"\\x"',
      '0',
      '01',
      '-1.5e3',
      '1.',
      '.5',
      'true',
      'nul',
      ' ',
      '\n',
    ]
    let state = 7
    const draw = (most: number) => (state = (state * 48_271) % 2_147_483_647) % most
    let good = 0
    for (let trial = 0; trial < 20_000; trial++) {
      const text = Array.from({ length: 1 + draw(7) }, () => pieces[draw(pieces.length)]).join('')
      const takes = engineTakes(text)
      if (takes) good++
      expect([text, jsonFault(text) === null]).toEqual([text, takes])
    }
    expect(good).toBeGreaterThan(100)
  })
})
