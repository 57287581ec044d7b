import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import IntegrabilityPanel from '../../../../src/renderer/src/views/Dynamics/IntegrabilityPanel.vue'
import type { Integrability } from '../../../../src/shared/dynamics'

const cause = 'the model has no energy: its decoder is untied, so r(y|x) - y is no gradient'

/** Of a model with a decoder of its own. */
const answer: Integrability = {
  jacobianAsymmetry: 0.095,
  loopIntegral: 0.293,
  loopIntegralRelative: 1.9e-3,
  pathIndependence: { pathA: -51.63, pathB: -51.77, energyDifference: null, relative: 8e-4 },
  equivalence: { model: null, hidden: null, maxAbs: null, why: `not defined: ${cause}` },
  checks: [
    { key: 'jacobianAsymmetry', value: 0.095, tolerance: 1e-6, verdict: 'fail', reason: cause },
    { key: 'loopIntegralRelative', value: 1.9e-3, tolerance: 1e-6, verdict: 'fail', reason: cause },
    { key: 'pathIndependence.relative', value: 8e-4, tolerance: 1e-6, verdict: 'fail', reason: cause },
    {
      key: 'equivalence.maxAbs',
      value: null,
      tolerance: 1e-9,
      verdict: 'undefined',
      reason: `not defined: ${cause}`,
    },
  ],
  lesson: null,
  conclusion: 'not conservative',
}

it('says once why checks fail, and no difference of energies where there are none', () => {
  const text = mount(IntegrabilityPanel, { props: { answer } }).text()
  expect(text.split(cause)).toHaveLength(2)
  expect(text.match(/not conservative/g)).toHaveLength(3)
  expect(text).toMatch(/paths -51\.6300 and -51\.7700\.$/)
})

it('keeps apart the reasons of different rows', () => {
  const why = 'no RBM has such units'
  const checks = answer.checks.map((check) => (check.verdict === 'undefined' ? { ...check, reason: why } : check))
  const text = mount(IntegrabilityPanel, { props: { answer: { ...answer, checks } } }).text()
  expect(text).toContain(cause)
  expect(text).toContain(why)
})
