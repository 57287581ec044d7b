import { describe, expect, it } from 'vitest'
import { noteLine, noteSchema, tagRequestSchema, tagSchema } from '../../../src/shared/remarks'

const why = (schema: { safeParse(value: unknown): { error?: { issues: { message: string }[] } } }, value: unknown) =>
  schema.safeParse(value).error?.issues[0]?.message ?? null

describe('a tag', () => {
  it('has 1 to 60 characters, without blanks around them', () => {
    expect(tagSchema.parse('  for the paper ')).toBe('for the paper')
    expect(tagSchema.parse('x'.repeat(60))).toHaveLength(60)
    expect(why(tagSchema, 'x'.repeat(61))).toBe('at most 60 characters')
    expect(why(tagSchema, '')).toBe('a tag is needed')
    expect(why(tagSchema, ' \t ')).toBe('a tag is needed')
  })

  it('has no comma and no control character', () => {
    for (const text of ['a,b', ',', 'a\nb', 'a\u0000b', 'a\u001b[31mb', 'a\u0085b']) {
      expect(why(tagSchema, text), JSON.stringify(text)).toBe('no commas or control characters')
    }
  })

  it('is the same tag however its accents are written', () => {
    expect(tagSchema.parse('cafe\u0301')).toBe(tagSchema.parse('caf\u00e9'))
  })
})

describe('tags for runs', () => {
  it('are none where none are named', () => {
    expect(tagRequestSchema.parse({ runs: ['a'] })).toEqual({ runs: ['a'], add: [], remove: [] })
  })

  it('are refused without a run, beyond 50, and where one is to come and to go', () => {
    expect(why(tagRequestSchema, { runs: [] })).toBe('a run is needed')
    const many = Array.from({ length: 51 }, (_, at) => `t${at}`)
    expect(why(tagRequestSchema, { runs: ['a'], add: many })).toBe('at most 50 tags')
    expect(why(tagRequestSchema, { runs: ['a'], add: ['b', 'c '], remove: ['c'] })).toMatch(/added and removed/)
  })
})

describe('a note', () => {
  it('keeps its lines; a blank one is none', () => {
    expect(noteSchema.parse('One.\n\tTwo.\r\n')).toBe('One.\n\tTwo.\r\n')
    expect(noteSchema.parse('')).toBeNull()
    expect(noteSchema.parse(' \n ')).toBeNull()
  })

  it('has up to 10,000 characters, and none that control a terminal', () => {
    expect(noteSchema.parse('x'.repeat(10_000))).toHaveLength(10_000)
    expect(why(noteSchema, 'x'.repeat(10_001))).toBe('at most 10,000 characters')
    expect(why(noteSchema, 'a\u001b[2J')).toBe('no control characters')
    expect(why(noteSchema, 'a\u0000')).toBe('no control characters')
  })

  it('is told in one line, cut where there is no room', () => {
    expect(noteLine(' One.\n\n Two. ', 40)).toBe('One. Two.')
    expect(noteLine('abc def ghi', 6)).toBe('abc d…')
    expect(noteLine('abc def', 7)).toBe('abc def')
  })
})
