import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import { knownCandidates } from '../../../src/main/compute/candidates'
import type { Backend } from '../../../src/main/compute/engine'
import { createSession } from '../../../src/main/compute/onnx/session'
import { cudaAbsence } from '../../../src/main/compute/presence'
import { probe } from '../../../src/main/compute/probe'
import { referenceBackend } from '../../../src/main/compute/reference/backend'
import { float64 } from '../../../src/main/compute/tensor'
import { vulkanAbsence } from '../../../src/main/compute/vulkan'
import { deviceSchema } from '../../../src/shared/devices'

const known = knownCandidates()
const [onnx, judge] = [known[0], known[4]]

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

describe('a device', () => {
  it('of every kind has a row, the judge the last', () => {
    expect(known.map(({ engine, device }) => `${engine} ${device}`)).toEqual([
      'onnx cpu',
      'onnx webgpu',
      'onnx cuda',
      'tfjs tensorflow',
      'reference cpu',
    ])
  })

  it('passes its self-test where it computes as the reference does, and its step is timed', async () => {
    const found = await probe(onnx, () => openBackend({ engine: 'onnx', device: 'cpu', threads: 1 }))
    expect(deviceSchema.parse(found)).toMatchObject({ engine: 'onnx', device: 'cpu', works: true })
    expect(found.why).toMatch(/^onnxruntime; self-test passed \(\d\.\de-\d from the reference\)$/)
    expect(found.stepMilliseconds).toBeGreaterThan(0)
  })

  it('that judges the others is not judged by itself', async () => {
    const found = await probe(judge, () => openBackend({ engine: 'reference', device: 'cpu', threads: 1 }))
    expect(found).toMatchObject({ works: true, why: 'plain TypeScript, the judge of the others' })
    expect(found.stepMilliseconds).toBeGreaterThan(0)
  })

  it('that computes wrongly or does not open has the reason', async () => {
    const wrong = await probe(onnx, () => Promise.resolve(inaccurate))
    expect(deviceSchema.parse(wrong)).toMatchObject({ works: false, stepMilliseconds: null })
    expect(wrong.deviation).toBeCloseTo(1e-3, 4)
    expect(wrong.why).toBe('onnxruntime; its self-test is off by 1.0e-3 from the reference, more than 0.0001')
    const missing = await probe(onnx, () => Promise.reject(new Error('no such library')))
    expect(missing).toMatchObject({ works: false, why: 'onnxruntime; no such library' })
  })

  it('refuses a graph that it does not know, as an error of the engine', async () => {
    const node = { type: 'NoSuchOperation', inputs: [], outputs: ['y'], attributes: {} }
    const value = { name: 'y', type: 'float32', shape: [] } as const
    const graph = { name: 'g', inputs: [], outputs: [value], constants: [], nodes: [node] }
    await expect(createSession(graph, { device: 'cpu', threads: 1 })).rejects.toMatchObject({ code: 'ENGINE', exit: 1 })
  })

  it('that needs files from elsewhere is missed without loading an engine, with the command that brings them', () => {
    expect(cudaAbsence('/nowhere', 'linux', 'x64')).toContain('--onnxruntime-node-install=cuda12')
    expect(cudaAbsence('/nowhere', 'darwin', 'arm64')).toBe('onnxruntime-node has no CUDA for darwin arm64')
  })

  it('for WebGPU is missed on Linux where no driver tells the loader of Vulkan about itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gae-vulkan-'))
    expect(vulkanAbsence({}, 'linux', [folder, '/nowhere'])).toContain('no Vulkan driver is installed')
    expect(vulkanAbsence({}, 'darwin', [folder])).toBeNull()
    expect(vulkanAbsence({ VK_ICD_FILENAMES: '/driver.json' }, 'linux', [folder])).toBeNull()
    await mkdir(join(folder, 'data/vulkan/icd.d'), { recursive: true })
    await writeFile(join(folder, 'data/vulkan/icd.d/driver.json'), '{}')
    expect(vulkanAbsence({ XDG_DATA_DIRS: `/nowhere:${join(folder, 'data')}` }, 'linux')).toBeNull()
    await rm(folder, { recursive: true })
  })

  it('that nobody knows is refused', async () => {
    await expect(openBackend({ engine: 'onnx', device: 'abacus', threads: 1 })).rejects.toMatchObject({
      code: 'ENGINE_UNKNOWN',
    })
  })
})
