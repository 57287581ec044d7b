import { expect, it } from 'vitest'
import { holm } from '../../../src/main/statistics/holm'

it("Holm's correction is that of the usual example, in the order given", () => {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02].map((p) => expect.closeTo(p, 12)))
})

it("Holm's correction never exceeds 1, and leaves one test alone", () => {
  expect(holm([0.6, 0.7, 0.9])).toEqual([1, 1, 1])
  expect(holm([0.03])).toEqual([0.03])
  expect(holm([0.02, 0.02])).toEqual([0.04, 0.04])
})
