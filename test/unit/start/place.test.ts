import { describe, expect, test } from 'vitest'
import { choosePlace, endingOf, opensBrowser, placeLine, type Facts } from '../../../src/main/start/place'

const desk: Facts = {
  forced: null,
  platform: 'linux',
  uid: 1000,
  display: true,
  namespacesRestricted: false,
  sandboxHelper: false,
}

describe('where the workbench opens', () => {
  test.each<[string, Partial<Facts>, ReturnType<typeof choosePlace>]>([
    ['on a desk', {}, 'desktop'],
    ['without a display', { display: false }, 'no-display'],
    ['as root', { uid: 0 }, 'root'],
    ['where AppArmor forbids the sandbox', { namespacesRestricted: true }, 'no-sandbox'],
    ['where the setuid helper stands in', { namespacesRestricted: true, sandboxHelper: true }, 'desktop'],
    ['on a Mac', { platform: 'darwin', display: false, uid: 501 }, 'desktop'],
    ['on Windows', { platform: 'win32', display: false, uid: null }, 'desktop'],
    ['in a browser where asked', { forced: 'browser' }, 'browser-asked'],
    ['in a window where asked, whatever stands against it', { forced: 'desktop', display: false, uid: 0 }, 'desktop'],
  ])('%s', (_name, facts, place) => {
    expect(choosePlace({ ...desk, ...facts })).toBe(place)
  })

  test('the reason is one line, and the sandbox has the two commands that mend it', () => {
    for (const place of ['no-display', 'root', 'no-sandbox'] as const) {
      expect(placeLine(place, '/electron/chrome-sandbox')).toMatch(/^[^\n]+$/)
    }
    expect(placeLine('no-sandbox', '/electron/chrome-sandbox')).toContain(
      'sudo chown root:root "/electron/chrome-sandbox" && sudo chmod 4755 "/electron/chrome-sandbox"',
    )
    expect(placeLine('desktop', '')).toBeNull()
    expect(placeLine('browser-asked', '')).toBeNull()
  })
})

describe('a browser is opened', () => {
  const at = { platform: 'linux', uid: 1000, display: true, ci: false }
  test.each([
    ['at a desk', {}, true],
    ['not in continuous integration', { ci: true }, false],
    ['not without a display', { display: false }, false],
    ['not as root', { uid: 0 }, false],
    ['on a Mac', { platform: 'darwin', display: false }, true],
  ])('%s', (_name, facts, opens) => {
    expect(opensBrowser({ ...at, ...facts })).toBe(opens)
  })
})

test("a signal in the first seconds is Electron's own end, later or by Ctrl-C the user's", () => {
  expect(endingOf('SIGTRAP', 0.5, false)).toBe('crashed-at-start')
  expect(endingOf('SIGTRAP', 60, false)).toBe('closed')
  expect(endingOf('SIGINT', 0.5, true)).toBe('closed')
  expect(endingOf(null, 0.5, false)).toBe('closed')
})
