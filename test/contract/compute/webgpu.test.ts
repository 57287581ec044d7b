import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { knownCandidates } from '../../../src/main/compute/candidates'
import { DeviceService } from '../../../src/main/workbench/devices'
import { TrainerClient } from '../../../src/main/workbench/trainerClient'
import type { TrainerEvent } from '../../../src/shared/trainer'
import { softwareAdapter } from '../../support/softwareAdapter'
import { datasetPath, jobOf, outcomeOf } from '../../support/trainerJob'

const adapter = await softwareAdapter()
const launch = launchNodeChild(join(import.meta.dirname, '../../../out/main'))
const webgpu = knownCandidates().filter(({ device }) => device === 'webgpu')
/** Compiling for SwiftShader takes most of a minute on a busy machine. */
const patience = 400

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-webgpu-'))
  Object.assign(process.env, adapter ?? {})
  if (adapter === null)
    console.warn(`WebGPU is not run here: no software adapter for ${process.platform} ${process.arch}`)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('WebGPU', () => {
  it(
    'passes its self-test on an adapter; without one, the row says why',
    async () => {
      const service = new DeviceService(launch, [
        ...knownCandidates().slice(0, 1),
        ...webgpu.map((one) => ({ ...one, patience })),
      ])
      const { devices } = await service.report()
      const [, found] = devices
      if (adapter === null && !found!.works) expect(found!.why).toMatch(/no (webgpu was found|Vulkan driver)/)
      else expect(found).toMatchObject({ works: true, why: expect.stringContaining('self-test passed') })
    },
    patience * 1000,
  )

  it(
    'trains step by step as the reference does',
    async () => {
      const spec = {
        model: { kind: 'mcae', hidden: 12, factors: 12, mappings: 6, factorStd: 0.1 },
        optimizer: { kind: 'adam', learningRate: 0.01 },
        epochs: 2,
        batchSize: 20,
        earlyStopping: null,
      }
      const dataset = await datasetPath(folder, { generator: 'rectangles', train: 60, valid: 30, test: 0 })
      const task = { task: 'pretrain', class: null, resumeFrom: null } as const
      const lossesOf = (events: readonly TrainerEvent[]) =>
        events.flatMap((event) => (event.type === 'epoch' ? [event.trainLoss, event.validLoss!] : []))
      const events: TrainerEvent[] = []
      const trainer = new TrainerClient(launch)
      const job = jobOf({ spec, dataset, folder, device: 'webgpu' }, task)
      const run = trainer.run(job, (event) => events.push(event), new AbortController().signal)
      const failure: unknown = await run.then(
        () => null,
        (error: unknown) => error,
      )
      trainer.stop()
      if (adapter === null && failure !== null) return expect(failure).toMatchObject({ code: 'ENGINE' })
      expect(failure).toBeNull()
      expect(events[0]).toMatchObject({ type: 'started', engine: 'onnx', device: 'webgpu', dtype: 'float32' })
      const expected = lossesOf((await outcomeOf(jobOf({ spec, dataset, folder, engine: 'reference' }, task))).events)
      const found = lossesOf(events)
      expect(found).toHaveLength(4)
      found.forEach((loss, at) => expect(Math.abs(loss / expected[at]! - 1)).toBeLessThan(1e-5))
    },
    patience * 1000,
  )
})
