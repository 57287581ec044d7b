import { afterEach, describe, expect, it } from 'vitest'
import { startBenchChild } from '../../../src/main/bench/client'
import { benchAnswerSchema } from '../../../src/main/bench/messages'
import { launchNodeChild } from '../../../src/main/children/nodeChild'

const launch = launchNodeChild('out/main')
const endings: (() => void)[] = []

afterEach(() => {
  for (const end of endings.splice(0)) end()
})

describe('the bench child', () => {
  it('measures a product and chunks of training in its own process', async () => {
    const child = await startBenchChild(launch, { engine: 'onnx', device: 'cpu', threads: 1 })
    endings.push(child.close)
    expect(await child.ask({ type: 'product', times: 1 })).toBeGreaterThan(0)
    expect(await child.ask({ type: 'train', models: 2, steps: 3 })).toBeGreaterThan(0)
    expect(await child.ask({ type: 'finetune', steps: 1 })).toBeGreaterThan(0)
  })

  it('takes the same step in tfjs on wasm', async () => {
    const child = await startBenchChild(launch, { engine: 'tfjs', device: 'wasm', threads: 1 })
    endings.push(child.close)
    expect(await child.ask({ type: 'train', models: 1, steps: 1 })).toBeGreaterThan(0)
  })

  it('does not start with an engine that is not there', async () => {
    const abacus = { engine: 'abacus', device: 'cpu', threads: 1 }
    await expect(startBenchChild(launch, abacus)).rejects.toThrow('No engine abacus on cpu')
  })

  it('answers what it cannot do with an error', async () => {
    const child = launch('bench')
    endings.push(child.kill)
    const ask = (request: unknown) =>
      new Promise((resolve) => {
        child.onMessage((message) => resolve(benchAnswerSchema.parse(message)))
        child.send(request)
      })
    expect(await ask({ type: 'product', times: 1 })).toMatchObject({ type: 'failed', error: { code: 'BENCH' } })
    expect(await ask({ type: 'dance' })).toMatchObject({ type: 'failed', error: { code: 'INTERNAL' } })
  })

  it('that dies is an error of the measurement, not a wait without end', async () => {
    const child = await startBenchChild(launch, { engine: 'onnx', device: 'cpu', threads: 1 })
    const asked = child.ask({ type: 'train', models: 100, steps: 1000 })
    child.close()
    await expect(asked).rejects.toThrow('The measuring process ended (SIGKILL)')
  })
})
