import { performance } from 'node:perf_hooks'
import { figure2 } from '../../shared/dynamics'
import { DynamicsService } from '../workbench/dynamics'
import { openFinishedModel } from './finishedModel'
import { rowOf, type BenchmarkResult } from './row'

const rounds = 10
const goalMilliseconds = 1000
/** Arrows along each axis. */
const arrows = 30
const pixels = 784

/**
 * A plane of 30 x 30 arrows with energies and a trajectory, as the Dynamics screen asks for it: Figure 2 (a) of a
 * mean-covariance auto-encoder of 784 pixels. `first` has nothing compiled yet; then the start moves, as when it is dragged.
 * @param childFolder where the built programs lie
 */
export async function benchField(childFolder: string): Promise<BenchmarkResult> {
  const data = { generator: 'rectangles', train: 1000, valid: 100, test: 100, seed: 1, name: 'rectangles' } as const
  const sizes = { kind: 'mcae', hidden: 512, factors: 512, mappings: 256 } as const
  const model = await openFinishedModel(childFolder, data, sizes)
  try {
    const dynamics = new DynamicsService(model)
    const measured: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const x = Float32Array.from({ length: pixels }, (_, i) => (i % (round + 2) === 0 ? 1 : 0))
      const start = performance.now()
      await dynamics.plane({ run: model.run, x, ...figure2.a, n: arrows })
      measured.push(performance.now() - start)
    }
    const [first, ...warm] = measured
    const row = (name: string, times: readonly number[]) =>
      rowOf({
        name,
        unit: 'ms',
        against: `${goalMilliseconds} ms`,
        rounds: times,
        ...{ floor: 0, goal: 1 },
        value: (time) => time,
        ratio: (time) => goalMilliseconds / time,
      })
    return { rows: [row('30 x 30 arrows, first', [first]), row('30 x 30 arrows, moved', warm)], notes: [] }
  } finally {
    await model.close()
  }
}
