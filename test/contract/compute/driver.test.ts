import { describe, expect, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import type { Backend, Tensor } from '../../../src/main/compute/backend'
import { compileSteps } from '../../../src/main/compute/driver'
import { exampleStep } from '../../../src/main/compute/exampleStep'
import { float32, type Tensors } from '../../../src/main/compute/tensor'

const sizes = { pixels: 12, factors: 8, mappings: 5, batch: 6, images: 20 }
const steps = 9

async function train(backend: Backend, chunks: readonly number[]) {
  const step = exampleStep(sizes)
  const runner = await compileSteps(backend, step.stepGraph, step.data)
  await runner.setState(step.start)
  const losses: number[] = []
  let from = 0
  for (const chunk of chunks) {
    const { loss } = await runner.run(chunk, step.feeds(from, chunk))
    losses.push(...loss)
    from += chunk
  }
  const state = await runner.getState()
  await runner.dispose()
  return { losses, state }
}

const values = ({ data }: Tensor) => Array.from<number>(data)

describe.each(['onnx', 'tfjs', 'reference'])('state on %s', (engine) => {
  it('is a copy on the way in and on the way out', async () => {
    const { stepGraph, data, start, feeds } = exampleStep(sizes)
    const runner = await compileSteps(await openBackend({ engine, device: 'cpu', threads: 1 }), stepGraph, data)
    const given = start.WF.data.slice()
    await runner.setState(start)
    await runner.run(2, feeds(0, 2))
    expect(start.WF.data).toEqual(given)
    const taken = await runner.getState()
    const before = values(taken.WF)
    taken.WF.data.fill(0)
    expect(values((await runner.getState()).WF)).toEqual(before)
    await runner.run(1, feeds(2, 1))
    expect(values((await runner.getState()).WF)).not.toEqual(before)
    await runner.dispose()
  })

  it('must be whole before the first step, and feeds as long as the steps', async () => {
    const { stepGraph, data, start, feeds } = exampleStep(sizes)
    const runner = await compileSteps(await openBackend({ engine, device: 'cpu', threads: 1 }), stepGraph, data)
    await expect(async () => runner.run(1, feeds(0, 1))).rejects.toThrow('is missing')
    await expect(async () => runner.setState({ ...start, WM: start.WF })).rejects.toThrow('input WM is float32 [8, 12]')
    await runner.setState(start)
    await expect(async () => runner.run(2, feeds(0, 3))).rejects.toThrow('not int32 [2, 6]')
    await runner.dispose()
  })
})

describe.each(['onnx', 'tfjs', 'reference'])('other data on %s', (engine) => {
  it('takes the place of the first, and the state goes on', async () => {
    const backend = await openBackend({ engine, device: 'cpu', threads: 1 })
    const { stepGraph, data, start, feeds } = exampleStep(sizes)
    const other = Object.fromEntries(
      Object.entries(data).map(([name, one]) => [
        name,
        float32(
          Float32Array.from(one.data, (v) => 1 - v),
          one.shape,
        ),
      ]),
    )
    const lossAfter = async (first: Tensors, second: Tensors) => {
      const runner = await compileSteps(backend, stepGraph, first)
      await runner.setState(start)
      await runner.run(3, feeds(0, 3))
      await runner.setData(second)
      const { loss } = await runner.run(2, feeds(3, 2))
      await runner.dispose()
      return [...loss]
    }
    const changed = await lossAfter(data, other)
    expect(changed).not.toEqual(await lossAfter(data, data))
    expect(changed).not.toEqual(await lossAfter(other, other))
    const runner = await compileSteps(backend, stepGraph, data)
    expect(() => runner.setData({})).toThrow('is missing')
    const short = Object.fromEntries(Object.keys(data).map((name) => [name, float32(new Float32Array(3), [3])]))
    expect(() => runner.setData(short)).toThrow('is float32 [3] of 3 numbers')
    await runner.dispose()
  })
})

describe('many steps', () => {
  it.each(['onnx', 'tfjs', 'reference'])('are the same in one chunk and in many on %s', async (engine) => {
    const backend = await openBackend({ engine, device: 'cpu', threads: 1 })
    const whole = await train(backend, [steps])
    const parts = await train(backend, [1, 3, 2, 3])
    expect(parts.losses).toEqual(whole.losses)
    for (const name of Object.keys(whole.state)) expect(values(parts.state[name])).toEqual(values(whole.state[name]))
  })

  it.each(['onnx', 'tfjs'])('agree between %s and the reference to float32 accuracy', async (engine) => {
    const found = await train(await openBackend({ engine, device: 'cpu', threads: 1 }), [4, 5])
    const reference = await train(await openBackend({ engine: 'reference', device: 'cpu', threads: 1 }), [steps])
    expect(found.losses).toHaveLength(steps)
    expect(reference.losses[steps - 1]).toBeLessThan(reference.losses[0])
    found.losses.forEach((loss, i) => expect(loss).toBeCloseTo(reference.losses[i], 4))
    for (const [name, tensor] of Object.entries(found.state)) {
      const expected = values(reference.state[name])
      values(tensor).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4))
    }
  })
})
