import { expect, it } from 'vitest'
import { trainingLegend } from '../../../../src/renderer/src/views/Dynamics/trainingMarks'

const grid = { s: Float64Array.of(-1, 0, 1), t: Float64Array.of(-2, 0, 2) }
const at = Float32Array.of(0, 0, 1, -2, 1.5, 0, 0, 3)

it('the legend names the classes that are drawn, and says how many images are, and how many lie beside the picture', () => {
  const training = { at, labels: Int32Array.of(2, 0, 2, 0), of: 1000 }
  expect(trainingLegend(grid, training, ['tall', 'square', 'wide'])).toEqual({
    classes: [
      { label: 0, name: 'tall' },
      { label: 2, name: 'wide' },
    ],
    ...{ shown: 4, of: 1000, beside: 2 },
  })
})

it('images without labels have no class to name', () => {
  expect(trainingLegend(grid, { at, labels: null, of: 4 }, null).classes).toEqual([])
})
