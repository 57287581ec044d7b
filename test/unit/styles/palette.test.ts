import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dark, light, runColour, type Palette } from '../../../src/renderer/src/styles/palette'

const css = readFileSync('src/renderer/src/styles/tokens.css', 'utf8')
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Relative luminance of "#rrggbb" (WCAG 2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
const contrast = (a: string, b: string) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}
const grounds = ({ bg, surface, sunken, selected }: Palette) => [bg, surface, sunken, selected]

it('is the same in style sheets and in charts', () => {
  const { runs: lightRuns, ...lightRoles } = light
  const { runs: darkRuns, ...darkRoles } = dark
  for (const [role, colour] of Object.entries(lightRoles)) {
    expect(css).toContain(`--${kebab(role)}: light-dark(${colour}, ${darkRoles[role as keyof typeof darkRoles]});`)
  }
  lightRuns.forEach((colour, slot) => expect(css).toContain(`--run-${slot}: light-dark(${colour}, ${darkRuns[slot]});`))
})

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, palette) => {
  it('can be read on all four grounds', () => {
    for (const ground of grounds(palette)) {
      for (const words of [palette.text, palette.muted, palette.accent, palette.good, palette.warn, palette.bad]) {
        expect(contrast(words, ground)).toBeGreaterThanOrEqual(4.5)
      }
      expect(contrast(palette.edge, ground)).toBeGreaterThanOrEqual(3)
    }
    expect(contrast(palette.onAccent, palette.accent)).toBeGreaterThanOrEqual(4.5)
  })

  it('keeps runs apart from the ground', () => {
    for (const colour of palette.runs) expect(contrast(colour, palette.surface)).toBeGreaterThanOrEqual(3)
  })
})

it('gives the ninth run the first colour again', () => {
  expect(runColour(light, 8)).toBe(light.runs[0])
})
