import type { Backend } from './engine'
import { compileSteps } from './driver'
import { exampleStep } from './exampleStep'
import { referenceBackend } from './reference/backend'
import type { Tensors } from './tensor'

/** Small enough for the float64 reference to be quick. */
const sizes = { pixels: 100, factors: 40, mappings: 20, batch: 50, images: 200 }
const steps = 5
const chunks = 5

/** Largest difference from the reference that float32 explains, as a share of an array's largest value. */
export const tolerance = 1e-4

async function train(backend: Backend): Promise<Tensors> {
  const example = exampleStep(sizes)
  const runner = await compileSteps(backend, example.stepGraph, example.data)
  try {
    await runner.setState(example.start)
    for (let chunk = 0; chunk < chunks; chunk++) await runner.run(steps, example.feeds(chunk * steps, steps))
    return await runner.getState()
  } finally {
    await runner.dispose()
  }
}

/** Largest difference over all arrays, each as a share of the expected array's largest value; NaN where one has a NaN. */
function deviation(found: Tensors, expected: Tensors): number {
  const shares = Object.entries(expected).map(([name, { data }]) => {
    let [difference, size] = [0, 0]
    for (let i = 0; i < data.length; i++) {
      difference = Math.max(difference, Math.abs(found[name].data[i] - data[i]))
      size = Math.max(size, Math.abs(data[i]))
    }
    return difference / (size || 1)
  })
  return Math.max(...shares)
}

export interface SelfTest {
  /** Whether the engine trained the example as the reference did. */
  readonly passed: boolean
  /** Largest difference from the reference, as a share of an array's largest value. */
  readonly deviation: number
}

/** Trains a small model for some steps on a back end and on the float64 reference, and compares all weights. */
export async function selfTest(backend: Backend): Promise<SelfTest> {
  const [found, expected] = [await train(backend), await train(referenceBackend)]
  const difference = deviation(found, expected)
  return { passed: difference <= tolerance, deviation: difference }
}
