import { expect, it } from 'vitest'
import { negativeCoefficients, negativeParts } from '../../../src/shared/negativeCoefficients'

it('classes with a negative coefficient are named with the coefficients; none, nothing', () => {
  expect(negativeCoefficients({ aM: [1, -0.5, 2], aC: [1, -3, 0], aB: [1, 1, -1] }, ['ant', 'bee', 'cat'])).toBe(
    'Fitted coefficients are negative for classes bee (aM, aC), cat (aB): the score is then no sum of energies.',
  )
  expect(negativeCoefficients({ aM: null, aC: [1, 2], aB: [-1, 1] }, null)).toBe(
    'Fitted coefficients are negative for class 0 (aB): the score is then no sum of energies.',
  )
  expect(negativeCoefficients({ aM: [1], aC: null, aB: [0] }, null)).toBeNull()
})

it('the same is read off the parts of a score', () => {
  const part = (covariance: number) => ({
    mean: null,
    covariance: { value: 3, coefficient: covariance },
    visible: { value: 1, coefficient: 1 },
    B: -4,
  })
  expect(negativeParts([part(1), part(-1)], null)).toContain('class 1 (aC)')
  expect(negativeParts([part(1), part(2)], null)).toBeNull()
})
