import { describe, expect, it } from 'vitest'
import { keyCaps, KeyMatcher, keyName, type Press } from '../../../../src/renderer/src/commands/keys'

const press = (key: string, over: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
})
const bound = new Set(['N', '?', '/', 'Mod+K', 'Mod+Z', 'Mod+Enter', 'G H', 'G R'])
const type = (matcher: KeyMatcher, keys: Press[], typing = false) =>
  keys.map((key, index) => matcher.press(key, bound, typing, index * 100))

describe('a key press', () => {
  it('has one name, with Ctrl and Cmd alike', () => {
    expect(keyName(press('k', { ctrlKey: true }))).toBe('Mod+K')
    expect(keyName(press('k', { metaKey: true }))).toBe('Mod+K')
    expect(keyName(press('?', { shiftKey: true }))).toBe('?')
    expect(keyName(press('Delete', { shiftKey: true }))).toBe('Shift+Delete')
    expect(keyName(press('Shift', { shiftKey: true }))).toBeNull()
  })

  it('runs what it is bound to', () => {
    const matcher = new KeyMatcher()
    expect(type(matcher, [press('n'), press('x'), press('?', { shiftKey: true })])).toEqual(['N', null, '?'])
  })

  it('rests while the user types, but not with Ctrl', () => {
    const matcher = new KeyMatcher()
    const keys = [press('n'), press('/'), press('g'), press('h'), press('Enter', { ctrlKey: true })]
    expect(type(matcher, keys, true)).toEqual([null, null, null, null, 'Mod+Enter'])
  })

  it('leaves Ctrl+Z to a text field', () => {
    const undo = press('z', { ctrlKey: true })
    expect(new KeyMatcher().press(undo, bound, true, 0)).toBeNull()
    expect(new KeyMatcher().press(undo, bound, false, 0)).toBe('Mod+Z')
  })
})

describe('G and a letter', () => {
  it('go together', () => {
    expect(type(new KeyMatcher(), [press('g'), press('r')])).toEqual([null, 'G R'])
  })

  it('fall apart after a pause', () => {
    const matcher = new KeyMatcher()
    matcher.press(press('g'), bound, false, 0)
    expect(matcher.press(press('h'), bound, false, 5000)).toBeNull()
  })

  it('give way to another key', () => {
    expect(type(new KeyMatcher(), [press('g'), press('n'), press('h')])).toEqual([null, 'N', null])
  })
})

it('shows keys as they stand on the keyboard', () => {
  expect(keyCaps('Mod+K', false)).toEqual(['Ctrl', 'K'])
  expect(keyCaps('Mod+K', true)).toEqual(['Cmd', 'K'])
  expect(keyCaps('G H', false)).toEqual(['G', 'H'])
  expect(keyCaps('+', false)).toEqual(['+'])
})
