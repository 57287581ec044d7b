import { describe, expect, it } from 'vitest'
import { chooseAuto, discoverDevices, knownCandidates } from '../../../src/main/compute/discover'
import type { Candidate } from '../../../src/main/compute/discover'
import type { Backend } from '../../../src/main/compute/engine'
import { createSession } from '../../../src/main/compute/onnx/session'
import { referenceBackend } from '../../../src/main/compute/reference/backend'
import { float64 } from '../../../src/main/compute/tensor'
import { deviceReportSchema } from '../../../src/shared/devices'

const [onnx, reference] = knownCandidates()

/** An engine whose products are a tenth of a percent too large. */
const inaccurate: Backend = {
  ...referenceBackend,
  compileSteps: async (stepGraph, data) => {
    const runner = await referenceBackend.compileSteps(stepGraph, data)
    return {
      ...runner,
      getState: async () => {
        const state = await runner.getState()
        const wrong = float64(
          Float64Array.from(state.WF.data, (x) => x * 1.001),
          state.WF.shape,
        )
        return { ...state, WF: wrong }
      },
    }
  },
}
const candidate = (engine: string, open: Candidate['open']): Candidate => ({ ...reference, engine, open })

describe('devices', () => {
  it('of this machine pass their self-tests, and auto takes the fastest but the judge', async () => {
    const report = deviceReportSchema.parse(await discoverDevices())
    expect(report.devices.map(({ engine, device, works }) => [engine, device, works])).toEqual([
      ['onnx', 'cpu', true],
      ['reference', 'cpu', true],
    ])
    expect(report.auto).toMatchObject({ engine: 'onnx', device: 'cpu' })
    expect(report.auto.why).toMatch(/^the fastest that passed its self-test \(\d+\.\d\d ms a small step\); /)
    expect(report.auto.why).toContain('reference cpu only judges the others')
  })

  it('never leave the work to the judge, even where it wins a small step', () => {
    const device = { device: 'cpu', name: '', dtype: '', works: true, why: '' }
    const judge = { ...device, engine: 'reference', stepMilliseconds: 1 }
    const slow = { ...device, engine: 'onnx', stepMilliseconds: 3 }
    expect(chooseAuto([judge, slow]).engine).toBe('onnx')
    expect(chooseAuto([judge, { ...slow, works: false }]).engine).toBe('reference')
  })

  it('that compute wrongly or do not open are passed over, with the reason', async () => {
    const missing = candidate('cuda', () => Promise.reject(new Error('no such library')))
    const wrong = candidate('wrong', () => Promise.resolve(inaccurate))
    const { devices, auto } = await discoverDevices([missing, wrong, onnx])
    expect(devices.map(({ works, stepMilliseconds }) => [works, stepMilliseconds !== null])).toEqual([
      [false, false],
      [false, false],
      [true, true],
    ])
    expect(devices[0].why).toContain('no such library')
    expect(devices[1].why).toContain('off by 1.0e-3 from the reference, more than 0.0001')
    expect(auto.engine).toBe('onnx')
    expect(auto.why).toContain('cuda cpu does not work')
  })

  it('none of which works are an error that says so', async () => {
    const missing = candidate('cuda', () => Promise.reject(new Error('no such library')))
    await expect(discoverDevices([missing])).rejects.toThrow('No engine passed its self-test')
    expect(() => chooseAuto([])).toThrow('No engine passed its self-test')
  })

  it('refuse a graph that they do not know, as an error of the engine', async () => {
    const node = { type: 'NoSuchOperation', inputs: [], outputs: ['y'], attributes: {} }
    const value = { name: 'y', type: 'float32', shape: [] } as const
    const graph = { name: 'g', inputs: [], outputs: [value], constants: [], nodes: [node] }
    await expect(createSession(graph, { device: 'cpu', threads: 1 })).rejects.toMatchObject({ code: 'ENGINE', exit: 1 })
  })
})
