import { timeProgram } from './program'
import { waitRows, type BenchmarkResult } from './row'

const rounds = 20
const bounds = { floor: 200, goal: 150 }

const calls = {
  'gae-workbench --help': ['--help'],
  'gae-workbench --version': ['--version'],
  'gae-workbench, an option refused': ['runs', 'list', '--nonsense'],
}

/** What needs no work is answered at once. @param childFolder where the built programs lie */
export async function benchStart(childFolder: string): Promise<BenchmarkResult> {
  const times = new Map(Object.keys(calls).map((name) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, args] of Object.entries(calls)) {
      times.get(name)?.push(await timeProgram(childFolder, args, 'exit'))
    }
  }
  return { rows: [...times].flatMap(([name, taken]) => waitRows(name, taken, bounds)), notes: [] }
}
