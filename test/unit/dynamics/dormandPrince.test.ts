import { describe, expect, it } from 'vitest'
import { integrateFlow } from '../../../src/main/dynamics/dormandPrince'

const always = () => true

describe('the adaptive integrator', () => {
  it('gives the exponential and the rotation to six digits', async () => {
    const growth = await integrateFlow(async ([y]) => Float64Array.of(y!), Float64Array.of(1), 3, always)
    expect(growth![0]! / Math.exp(3)).toBeCloseTo(1, 5)
    const turn = await integrateFlow(
      async ([x, y]) => Float64Array.of(-y!, x!),
      Float64Array.of(1, 0),
      2 * Math.PI,
      always,
    )
    expect(turn![0]).toBeCloseTo(1, 5)
    expect(turn![1]).toBeCloseTo(0, 5)
  })

  it('takes small steps where the flow is stiff', async () => {
    const end = await integrateFlow(
      async ([x, y]) => Float64Array.of(-1000 * x!, -y!),
      Float64Array.of(1, 1),
      1,
      always,
    )
    expect(end![0]).toBeCloseTo(0, 5)
    expect(end![1]).toBeCloseTo(Math.exp(-1), 5)
  })

  it('gives up where the solution leaves what is allowed, also in finite time', async () => {
    const explosion = async ([y]: Float64Array) => Float64Array.of(y! ** 2)
    expect(await integrateFlow(explosion, Float64Array.of(1), 2, (y) => Math.abs(y[0]!) < 1e6)).toBeNull()
    expect(await integrateFlow(explosion, Float64Array.of(1), 2, (y) => Number.isFinite(y[0]!))).toBeNull()
  })

  it('stays where there is no force', async () => {
    expect(await integrateFlow(async () => new Float64Array(2), Float64Array.of(1, 2), 5, always)).toEqual(
      Float64Array.of(1, 2),
    )
  })
})
