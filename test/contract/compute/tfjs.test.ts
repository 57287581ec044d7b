import type * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import { compileSteps } from '../../../src/main/compute/driver'
import { exampleStep } from '../../../src/main/compute/exampleStep'
import { graph, input } from '../../../src/main/compute/graph'
import { gatherRows, mul, sum } from '../../../src/main/compute/ops'
import { installedPackages, type Packages } from '../../../src/main/compute/packages'
import { openTensorflow, restoreNodeUtility } from '../../../src/main/compute/tfjs/tensorflow'
import { int32 } from '../../../src/main/compute/tensor'
import { listOf, randomTensor } from '../../support/tensors'

const backend = await openBackend({ engine: 'tfjs', device: 'cpu', threads: 1 })
const { memory } = installedPackages.load('@tensorflow/tfjs-core') as typeof tf
const tensors = () => memory().numTensors

describe('tfjs keeps no tensor', () => {
  it('of a step beyond it: their number is the same after every chunk, and none are left at the end', async () => {
    const before = tensors()
    const { stepGraph, data, start, feeds } = exampleStep({ pixels: 9, factors: 6, mappings: 4, batch: 5, images: 10 })
    const runner = await compileSteps(backend, stepGraph, data)
    await runner.setState(start)
    const held = tensors()
    expect(held).toBe(before + stepGraph.state.length + stepGraph.data.length)
    for (const [from, count] of [
      [0, 1],
      [1, 4],
      [5, 2],
    ] as const) {
      await runner.run(count, feeds(from, count))
      expect(tensors()).toBe(held)
    }
    await runner.getState()
    await runner.setState(start)
    expect(tensors()).toBe(held)
    await runner.dispose()
    expect(tensors()).toBe(before)
  })

  it('of a graph that is run once, also where a result is an input, a number or another result', async () => {
    const before = tensors()
    const x = input('x', [2, 3])
    const twice = mul(x, 2)
    const executable = await backend.compile(graph({ x, twice, again: twice, total: sum(mul(x, twice)) }))
    const value = randomTensor([2, 3], 1)
    for (let run = 0; run < 3; run++) {
      const found = await executable.run({ x: value })
      expect(listOf(found.x)).toEqual(listOf(value).map(Math.fround))
      expect(tensors()).toBe(before)
    }
  })

  it('of a run that fails half way', async () => {
    const before = tensors()
    const rows = gatherRows(input('x', [2, 3]), input('index', [1], 'int32'))
    const executable = await backend.compile(graph({ rows: mul(mul(rows, 2), rows) }))
    const feeds = { x: randomTensor([2, 3], 1), index: int32(Int32Array.of(7), [1]) }
    await expect(executable.run(feeds)).rejects.toThrow()
    expect(tensors()).toBe(before)
  })
})

describe('TensorFlow', () => {
  const core = installedPackages.load('@tensorflow/tfjs-core') as object
  /** A package whose engine says that it uses a GPU, or not, over tfjs's own engine on the CPU. */
  const fake = (isUsingGpuDevice: boolean): Packages => ({
    has: () => true,
    load: () => ({ ...core, version: { 'tfjs-node': '4.22.0' }, backend: () => ({ isUsingGpuDevice }) }),
  })

  it('trains where its package computes on a GPU', async () => {
    const tensorflow = openTensorflow(fake(true))
    expect(tensorflow).toMatchObject({
      engine: 'tfjs',
      device: 'tensorflow',
      versions: { '@tensorflow/tfjs-node-gpu': '4.22.0' },
    })
    const { y } = await (
      await tensorflow.compile(graph({ y: mul(input('x', [2]), 3) }))
    ).run({ x: randomTensor([2], 1) })
    expect(listOf(y)[0]).toBeCloseTo(3 * listOf(randomTensor([2], 1))[0]!, 6)
  })

  it('is refused where it silently took the CPU, does not load, or is not installed', () => {
    expect(() => openTensorflow(fake(false))).toThrow('TensorFlow found no GPU and took the CPU')
    const broken: Packages = {
      has: () => true,
      load: () => {
        throw new Error('libcudart.so.11.0: cannot open\nsecond line')
      },
    }
    expect(() => openTensorflow(broken)).toThrow(
      '@tensorflow/tfjs-node-gpu does not load: libcudart.so.11.0: cannot open',
    )
    const none: Packages = { has: () => false, load: () => undefined }
    expect(() => openTensorflow(none)).toThrow('@tensorflow/tfjs-node-gpu is not installed')
    expect(installedPackages.has('@tensorflow/no-such-package')).toBe(false)
  })

  it('gets back the function of Node that it calls and Node 23 has dropped', () => {
    const node23: { isNullOrUndefined?: (value: unknown) => boolean } = {}
    restoreNodeUtility(node23)
    expect([null, undefined, 0].map((value) => node23.isNullOrUndefined?.(value))).toEqual([true, true, false])
    const own = () => true
    const node20 = { isNullOrUndefined: own }
    restoreNodeUtility(node20)
    expect(node20.isNullOrUndefined).toBe(own)
  })
})
