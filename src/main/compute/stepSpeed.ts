import { performance } from 'node:perf_hooks'
import { compileSteps } from './driver'
import type { Backend } from './engine'
import { exampleStep } from './exampleStep'

/** Half the factors and mapping units of a default model: large enough for products to outweigh calls. */
const sizes = { pixels: 784, factors: 256, mappings: 128, batch: 100, images: 500 }
/** Time to spend, and what one call of the engine may take of it, in milliseconds. */
const [budget, chunkBudget] = [600, 60]
const mostChunks = 9

/** Median of a training step on a back end after a first one that warms up, in milliseconds. Drawing the batch is not counted. */
export async function stepSpeed(backend: Backend): Promise<number> {
  const { stepGraph, data, start, feeds } = exampleStep(sizes)
  const runner = await compileSteps(backend, stepGraph, data)
  try {
    await runner.setState(start)
    let done = 0
    /** Milliseconds a step. */
    const time = async (steps: number): Promise<number> => {
      const fed = feeds(done, steps)
      const began = performance.now()
      await runner.run(steps, fed)
      done += steps
      return (performance.now() - began) / steps
    }
    // The first step compiles: shaders of a GPU take seconds.
    await time(1)
    const end = performance.now() + budget
    const times = [await time(1)]
    const steps = Math.max(1, Math.floor(chunkBudget / times[0]))
    while (times.length < mostChunks && performance.now() < end) times.push(await time(steps))
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]
  } finally {
    await runner.dispose()
  }
}
