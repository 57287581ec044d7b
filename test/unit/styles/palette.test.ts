import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dark, light, runColour, type Palette } from '../../../src/renderer/src/styles/palette'
import { contrast, difference, lab, visions } from '../../support/colours'

const css = readFileSync('src/renderer/src/styles/tokens.css', 'utf8')
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const grounds = ({ bg, surface, sunken, selected }: Palette) => [bg, surface, sunken, selected]

it('is the same in style sheets and in charts', () => {
  const { runs: lightRuns, classes: _, ...lightRoles } = light
  const { runs: darkRuns, classes: __, ...darkRoles } = dark
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

describe.each([
  ['light', light],
  ['dark', dark],
])('classes in the %s theme', (_, palette) => {
  it('are ten colours, apart from the ground, from each other in every vision, and from the colours of runs', () => {
    expect(new Set(palette.classes).size).toBe(10)
    for (const colour of palette.classes) {
      expect(contrast(colour, palette.surface)).toBeGreaterThanOrEqual(3)
      expect(contrast(colour, palette.bg)).toBeGreaterThanOrEqual(3)
      for (const run of palette.runs) {
        expect(difference(lab(colour, visions['usual']!), lab(run, visions['usual']!))).toBeGreaterThan(5)
      }
    }
    for (const [name, vision] of Object.entries(visions)) {
      const seen = palette.classes.map((colour) => lab(colour, vision))
      const least = Math.min(...seen.flatMap((a, i) => seen.slice(0, i).map((b) => difference(a, b))))
      expect([name, least > 14]).toEqual([name, true])
    }
  })
})

it('the difference of colours is CIEDE2000', () => {
  expect(difference([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4)
  expect(difference([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 4)
})

it('gives the ninth run the first colour again', () => {
  expect(runColour(light, 8)).toBe(light.runs[0])
})
