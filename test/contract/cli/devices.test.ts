import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceReportSchema } from '../../../src/shared/devices'
import { cli } from '../../support/cli'

let folder: string
const run = (...args: string[]) => cli(...args, '--data', join(folder, 'data'))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-devices-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

// Each start of the command line takes seconds where other tests keep the machine busy.
describe('devices on the command line', { timeout: 240_000 }, () => {
  it('are all listed, tested or with the reason, and a run is refused one that does not work', async () => {
    const { code, document } = await run('devices')
    expect(code).toBe(0)
    const { devices, auto } = deviceReportSchema.parse(document)
    expect(devices.map(({ engine, device }) => `${engine} ${device}`)).toEqual([
      'onnx cpu',
      'onnx webgpu',
      'onnx cuda',
      'tfjs tensorflow',
      'reference cpu',
    ])
    for (const { works, why, stepMilliseconds } of devices) {
      expect(why).not.toBe('')
      expect(stepMilliseconds !== null).toBe(works)
    }
    expect(devices[0]).toMatchObject({ works: true, why: expect.stringContaining('self-test passed') })
    expect(devices.find(({ engine, device }) => engine === auto.engine && device === auto.device)?.works).toBe(true)
    expect(auto.engine).not.toBe('reference')

    expect((await run('datasets', 'generate', 'rectangles', '--train', '40', '--name', 'rect')).code).toBe(0)
    const spec = { model: { kind: 'cae', factors: 4, mappings: 2 }, dataset: 'rect', epochs: 1 }
    const path = join(folder, 'spec.json')
    await writeFile(path, JSON.stringify(spec))
    const absent = devices.filter(({ works }) => !works)
    for (const { device, why } of absent) {
      const refused = await run('train', path, '--device', device)
      expect(refused.code).toBe(2)
      expect(JSON.parse(refused.errors.at(-1)!)).toMatchObject({
        error: { code: 'DEVICE_UNAVAILABLE', where: expect.stringContaining(why.split(';')[0]!) },
      })
    }
    // Nothing is stored of what could not start.
    expect((await run('runs', 'list')).document).toEqual({ runs: [], total: 0 })
    const trained = await run('train', path, '--device', 'cpu')
    expect(trained.document).toMatchObject({ status: 'done', engine: 'onnx', device: 'cpu' })
  })

  it('that nobody knows are bad usage', async () => {
    const refused = await run('train', '--preset', 'quick', '--device', 'abacus')
    expect(refused.code).toBe(2)
  })
})
