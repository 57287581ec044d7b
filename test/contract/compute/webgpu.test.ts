import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { knownCandidates } from '../../../src/main/compute/candidates'
import { generateDataset } from '../../../src/main/datasets/generateDataset'
import { DeviceService } from '../../../src/main/workbench/devices'
import { TrainerClient } from '../../../src/main/workbench/trainerClient'
import type { GeneratedRecipe } from '../../../src/shared/datasets'
import { generateRequestSchema } from '../../../src/shared/generators'
import type { TrainerEvent } from '../../../src/shared/trainer'
import { softwareAdapter } from '../../support/softwareAdapter'
import { jobOf, outcomeOf } from '../../support/trainerJob'

const adapter = await softwareAdapter()
const launch = launchNodeChild(join(import.meta.dirname, '../../../out/main'))
const webgpu = knownCandidates().filter(({ device }) => device === 'webgpu')
/** Compiling for SwiftShader takes most of a minute on a busy machine. */
const patience = 400

const small = { epochs: 2, batchSize: 20, earlyStopping: null, optimizer: { kind: 'adam', learningRate: 0.01 } }
const sizes = { factors: 12, mappings: 6, factorStd: 0.1 }
const counts = { train: 60, valid: 30, test: 0 }
const cases = [
  {
    on: 'on the same images',
    models: 1,
    spec: { ...small, model: { kind: 'mcae', hidden: 12, ...sizes } },
    request: { generator: 'rectangles', ...counts },
  },
  {
    // Each epoch puts its images on the device and frees those of the last one; one process trains the models of a run
    // one after another, and what one of them frees the next one gets.
    on: 'on pairs drawn anew for each epoch',
    models: 3,
    spec: { ...small, epochs: 4, model: { kind: 'gae', ...sizes }, fresh: true },
    request: { generator: 'shifts', ...counts, options: { shape: [6, 6] } },
  },
]

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

  it.each(cases)(
    'trains step by step as the reference does, $on',
    async ({ spec, request, models }) => {
      const { hash, recipe } = await generateDataset(generateRequestSchema.parse(request), null, folder)
      const dataset = join(folder, `${hash}.safetensors`)
      const fresh = 'fresh' in spec ? { recipe: recipe as GeneratedRecipe, sourcePath: null } : undefined
      const task = { task: 'pretrain', class: null, resumeFrom: null, ...(fresh && { fresh }) } as const
      const lossesOf = (events: readonly TrainerEvent[]) =>
        events.flatMap((event) => (event.type === 'epoch' ? [event.trainLoss, event.validLoss!] : []))
      const events: TrainerEvent[] = []
      const trainer = new TrainerClient(launch)
      const job = jobOf({ spec, dataset, folder, device: 'webgpu' }, task)
      const run = (async () => {
        for (let model = 0; model < models; model++) {
          events.length = 0
          await trainer.run(job, (event) => events.push(event), new AbortController().signal)
        }
      })()
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
      expect(found).toHaveLength(2 * spec.epochs)
      found.forEach((loss, at) => expect(Math.abs(loss / expected[at]! - 1)).toBeLessThan(1e-5))
    },
    patience * 1000,
  )
})
