import { expect, it } from 'vitest'
import { scoreTable } from '../../../../src/renderer/src/views/PairLab/scoreTable'

const part = (mean: number | null) => ({
  mean: mean === null ? null : { value: mean, coefficient: -2 },
  covariance: { value: 10, coefficient: 0.5 },
  visible: { value: -4, coefficient: 1 },
  B: 3,
})
const score = { scores: [-2, 4], posterior: [0.0025, 0.9975], predicted: 1, parts: [part(3), part(null)] }

it('a score comes about by terms, coefficients and their products, B and the sum', () => {
  const rows = scoreTable(score, 0) ?? []
  expect(rows.map(({ key, value, coefficient, product }) => [key, value, coefficient, product])).toEqual([
    ['mean', '+3.0000', '-2.000', '-6.0000'],
    ['covariance', '+10.000', '0.5000', '+5.0000'],
    ['visible', '-4.0000', '1.000', '-4.0000'],
    ['B', '', '', '+3.0000'],
    ['score', '', '', '-2.0000'],
    ['posterior', '', '', '0.00250'],
  ])
  const products = rows.slice(0, 4).map(({ exact }) => exact)
  expect(products.reduce((sum, value) => sum + value)).toBe(score.scores[0])
})

it('leaves out what the models lack, and is none without energies', () => {
  expect(scoreTable(score, 1)?.map(({ key }) => key)).toEqual(['covariance', 'visible', 'B', 'score', 'posterior'])
  expect(scoreTable({ scores: [1, 2], posterior: [0.3, 0.7], predicted: 1 }, 0)).toBeNull()
})
