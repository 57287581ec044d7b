import type { Command } from 'commander'
import { benchmarks } from '../bench/benchmarks'
import type { BenchmarkRow } from '../bench/row'
import { WorkbenchError } from '../../shared/errors'
import { command, perform, type CommonOptions } from './command'
import { table } from './output'

export const benchCommand = (childFolder: string): Command =>
  command('bench', 'side-by-side ratios on this machine')
    .argument('[name]', Object.keys(benchmarks).join(', '))
    .action((name: string | undefined, options: CommonOptions) =>
      perform(options, childFolder, async ({ output }) => {
        const chosen = name === undefined ? Object.values(benchmarks) : [benchmarks[name]]
        const rows: BenchmarkRow[] = []
        const notes: string[] = []
        for (const run of chosen) {
          if (run === undefined) {
            throw new WorkbenchError('USAGE', `There is no benchmark "${name}"`, {
              remedy: `Known: ${Object.keys(benchmarks).join(', ')}.`,
            })
          }
          const result = await run(childFolder)
          rows.push(...result.rows)
          notes.push(...result.notes)
        }
        const { machine } = await import('../bench/machine')
        const cells = rows.map(({ name: row, value, unit, against, ratio, floor, goal, ok }) => [
          row,
          `${value.toFixed(2)} ${unit}`,
          against ?? '--',
          ratio === null ? '--' : ratio.toFixed(2),
          String(floor),
          String(goal),
          ok ? 'ok' : 'below its floor',
        ])
        const text = table(['benchmark', 'value', 'against', 'ratio', 'floor', 'goal', ''], cells)
        output.result({ benchmarks: rows, notes, machine: machine() }, [text, ...notes].join('\n'))
        return rows.every((row) => row.ok) ? 0 : 1
      }),
    )
