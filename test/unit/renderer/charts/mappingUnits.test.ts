import { expect, it } from 'vitest'
import { unitBars } from '../../../../src/renderer/src/charts/mappingUnits'
import { dark } from '../../../../src/renderer/src/styles/palette'

it('draws every mapping unit at its own place, on the fixed scale of a sigmoid', () => {
  const units = Float32Array.from({ length: 256 }, (_, unit) => unit / 256)
  const option = unitBars(units, 'mapping unit', dark.runs[0]!, dark)
  const [bars] = option.series as [{ data: number[]; large: boolean }]
  expect(bars.data).toEqual(Array.from(units))
  expect(bars.large).toBe(false)
  expect((option.xAxis as { data: string[] }).data[255]).toBe('255')
  expect(option.yAxis).toMatchObject({ min: 0, max: 1 })
})
