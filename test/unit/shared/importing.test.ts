import { describe, expect, it } from 'vitest'
import { meaningOf, splitWords, understoodLines } from '../../../src/shared/importing'

describe('an option that an error names', () => {
  it.each([
    ['--scale 0,16', { scale: [0, 16] }],
    ['--scale -1,1', { scale: [-1, 1] }],
    ['--scale byte', { scale: 'byte' }],
    ['--kind pairs', { kind: 'pairs' }],
    ['--labels-column last (or the name of a column)', { labelsColumn: 'last' }],
    ['--order plain (img10 before img2)', { order: 'plain' }],
    ['--transpose', { transpose: true }],
    ['--no-transpose', { transpose: false }],
  ])('%s says what it does', (option, meaning) => expect(meaningOf(option)).toEqual(meaning))

  it.each(['--shape 2x3', '--scale much', '--scale 9,1', 'order plain', ''])('%s is none', (option) =>
    expect(meaningOf(option)).toBeNull(),
  )
})

describe('a statement of what was understood', () => {
  it('names few classes, counts many, and joins what is alike', () => {
    const lines = understoodLines({
      kind: 'images',
      labels: { from: 'array y', classes: Array.from({ length: 14 }, (_, n) => ({ name: `c${n}`, n: 1000 + n })) },
      scale: [{ file: 'a.npz', zero: 0, one: 16 }],
      orientation: '8 rows of 8',
      order: null,
      splits: 'all are to train on',
      skipped: [{ what: 'README.md', why: 'no image', n: 1 }],
      notices: ['Look.'],
    }).map(({ what, how }) => `${what}: ${how}`)
    expect(lines[2]).toMatch(/^Classes: 14 classes: c0 \(1,000\), .*, 2 more$/)
    expect(lines).toContain('Scale: a.npz: 0 becomes 0, 16 becomes 1')
    expect(lines.slice(-2)).toEqual(['Skipped: README.md: no image', 'Note: Look.'])
  })

  it('says where splits come from', () => {
    expect(splitWords([], [], 1, true)).toBe('all are to train on')
    expect(splitWords(['test'], ['valid'], null, true)).toBe(
      'test as the files have them; validation: the last rows, as published',
    )
    expect(splitWords([], ['valid', 'test'], 3, false)).toBe('validation and test drawn with seed 3')
  })
})
