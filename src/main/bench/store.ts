import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { dataPaths } from '../store/dataFolder'
import { makeLargeStore } from './largeStore'
import { timeProgram } from './program'
import { waitRows, type BenchmarkResult, type BenchmarkRow } from './row'

const rounds = 7

const sizes = [
  { runs: 10_000, points: 1000, bounds: { floor: 1000, goal: 500 } },
  { runs: 100_000, points: 0, bounds: { floor: 2000, goal: 1000 } },
]

/** Drops a file's pages from the system's cache; GNU dd alone does. @returns whether it did */
const dropPages = (file: string): Promise<boolean> =>
  promisify(execFile)('dd', [`if=${file}`, 'iflag=nocache', 'count=0']).then(
    () => true,
    () => false,
  )

/** Until `serve` prints its address. The check and the copy of the day begin then, and are ended with it. */
async function serveRows(
  childFolder: string,
  folder: string,
  { runs, points, bounds }: (typeof sizes)[number],
): Promise<BenchmarkRow[]> {
  const times: number[] = []
  let cold = true
  for (let round = 0; round < rounds; round++) {
    cold = (await dropPages(dataPaths(folder).database)) && cold
    times.push(await timeProgram(childFolder, ['serve', '--port', '0', '--data', folder, '--json'], 'line'))
  }
  const what = `${runs.toLocaleString('en')} runs${points === 0 ? ' without results' : ` of ${points} points`}`
  return waitRows(`serve, ${what}, ${cold ? 'cold' : 'warm'}`, times, bounds)
}

/** How long a large store keeps a user waiting. @param childFolder where the built programs lie */
export async function benchStore(childFolder: string): Promise<BenchmarkResult> {
  const rows: BenchmarkRow[] = []
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'gae-bench-'))
    try {
      await makeLargeStore(folder, size.runs, size.points)
      rows.push(...(await serveRows(childFolder, folder, size)))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return { rows, notes: [] }
}
