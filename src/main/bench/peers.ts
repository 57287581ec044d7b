import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { launchNodeChild } from '../children/nodeChild'
import { startBenchChild } from './client'
import { startPeer, type Peer } from './peer'
import { median, rowOf, type BenchmarkResult, type BenchmarkRow, type Bounds } from './row'

/** Programs of others that take the benchmarked step, and what ours is to reach beside them. */
const scripts: readonly ({ name: string; script: string } & Bounds)[] = [
  { name: 'numpy', script: 'numpy_step.py', floor: 0.7, goal: 1 },
  { name: 'PyTorch', script: 'torch_step.py', floor: 1, goal: 2 },
]

const steps = 60
const peerSteps = 20
const rounds = 9

/**
 * A step of one model beside the same step of numpy and PyTorch, each with all cores, in turn. Who is not installed here
 * is named in the notes.
 * @param childFolder where the built programs lie
 */
export async function benchPeers(childFolder: string): Promise<BenchmarkResult> {
  const folder = join(childFolder, '..', '..', 'test', 'bench', 'peers')
  const rows: BenchmarkRow[] = []
  const notes: string[] = []
  const whole = await startBenchChild(launchNodeChild(childFolder), {
    engine: 'onnx',
    device: 'cpu',
    threads: availableParallelism(),
  })
  try {
    for (const { name, script, floor, goal } of scripts) {
      try {
        rows.push(
          await race(name, await startPeer('python3', ['-B', join(folder, script)]), { floor, goal }, async () => {
            return (await whole.ask({ type: 'train', models: 1, steps })) / steps
          }),
        )
      } catch (error) {
        notes.push(`${name} is not measured: ${(error as Error).message}`)
      }
    }
  } finally {
    whole.close()
  }
  return { rows, notes }
}

async function race(name: string, peer: Peer, bounds: Bounds, ours: () => Promise<number>): Promise<BenchmarkRow> {
  const measured: { own: number; rival: number }[] = []
  try {
    for (let round = 0; round <= rounds; round++) {
      const [own, rival] = [await ours(), (await peer.run(peerSteps)) / peerSteps]
      // The first round warms up.
      if (round > 0) measured.push({ own, rival })
    }
  } finally {
    peer.close()
  }
  return rowOf({
    name: `train one model, ${name}`,
    unit: 'ms a step of one class',
    against: `the same step of ${peer.name}, ${median(measured.map(({ rival }) => rival)).toFixed(2)} ms`,
    rounds: measured,
    value: ({ own }) => own,
    ratio: ({ own, rival }) => rival / own,
    ...bounds,
  })
}
