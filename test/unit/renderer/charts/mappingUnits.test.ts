import { expect, it } from 'vitest'
import { unitBars } from '../../../../src/renderer/src/charts/mappingUnits'
import { dark } from '../../../../src/renderer/src/styles/palette'

it('draws every mapping unit at its own place, on the fixed scale of a sigmoid', () => {
  const units = Float32Array.from({ length: 256 }, (_, unit) => unit / 256)
  const option = unitBars(units, 'mapping unit', dark.runs[0]!, dark)
  const [bars] = option.series as [{ data: number[]; large: boolean }]
  expect(bars.data).toEqual(Array.from(units))
  expect(bars.large).toBe(false)
  expect((option.xAxis as { data: string[] }).data[255]).toBe('mapping unit 255')
  expect(option.yAxis).toMatchObject({ min: 0, max: 1 })
})

it('makes room for units that are no sigmoids', () => {
  const option = unitBars(Float32Array.of(-0.4, 3.2), 'mapping unit', dark.runs[0]!, dark)
  expect(option.yAxis).toMatchObject({ min: -1, max: 4 })
})
