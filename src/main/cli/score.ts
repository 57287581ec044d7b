import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { parse } from 'csv-parse/sync'
import { toErrorData, WorkbenchError, type ErrorData } from '../../shared/errors'
import type { ClassScore, PairScore } from '../../shared/scores'
import type { PairPixels, RunScorer } from '../workbench/pairs'
import { command, integer, perform, type CommonOptions } from './command'
import { imageAt } from './imageFile'
import { table } from './output'

interface ScoreOptions extends CommonOptions {
  run: string
  x?: string
  y?: string
  pairs?: string
  arrays?: string
  class?: number
  full?: boolean
}

/** Rows of a list with the header `x,y` (y may be left out for models of one image); paths relative to the list. */
async function listAt(path: string): Promise<{ x: string; y: string | null }[]> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new WorkbenchError('FILE_UNREADABLE', cause.message, { where: path, remedy: 'Name a CSV file.', cause })
  })
  let rows: Record<string, string>[]
  try {
    rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true })
  } catch (cause) {
    throw new WorkbenchError('CSV_UNREADABLE', (cause as Error).message, { where: path, remedy: 'Correct it.', cause })
  }
  const folder = dirname(resolve(path))
  return rows.map(({ x, y }, index) => {
    if (x === undefined || x === '') {
      throw new WorkbenchError('CSV_COLUMNS', 'no value in column "x"', {
        where: `${path}, line ${index + 2}`,
        remedy: 'The header is x,y; each row names an image or a pair.',
      })
    }
    return { x: resolve(folder, x), y: y === undefined || y === '' ? null : resolve(folder, y) }
  })
}

const list = (values: Float32Array | null) => (values === null ? null : Array.from(values))

/** One pair as the contract says; arrays with --full. */
function pairDocument(score: PairScore, full: boolean) {
  const { energy, reconstructionError, gain } = score
  const document = { energy, reconstructionError, ...(gain === undefined ? {} : { gain }) }
  if (!full) return document
  const { mapping, hidden, reconstruction } = score
  return {
    ...document,
    mapping: list(mapping),
    hidden: list(hidden),
    reconstruction: { y: list(reconstruction.y), x: list(reconstruction.x) },
  }
}

type Row = PairScore | ClassScore | { error: ErrorData }

const rowDocument = (row: Row, full: boolean) => ('energy' in row ? pairDocument(row, full) : row)

const digits = (value: number | null | undefined): string => (value == null ? '--' : value.toPrecision(6))

function textOf(rows: Row[]): string {
  const cells = rows.map((row, index): string[] => {
    if ('error' in row) return [String(index), row.error.message]
    if ('scores' in row) return [String(index), String(row.predicted), row.posterior.map((p) => p.toFixed(4)).join(' ')]
    const { yGivenX, xGivenY, conditional, diagonal } = row.energy
    return [String(index), digits(yGivenX ?? conditional), digits(xGivenY ?? diagonal), digits(row.gain)]
  })
  const header = rows.some((row) => 'scores' in row)
    ? ['pair', 'predicted', 'posterior']
    : ['pair', 'E(y|x) or conditional', 'E(x|y) or diagonal', 'gain']
  return table(header, cells)
}

export const scoreCommand = (childFolder: string): Command =>
  command('score', 'energies, gains, reconstruction errors and mapping units of pairs')
    .requiredOption('--run <run>', 'id, unique prefix of one, or unique name')
    .option('--x <image>', 'image x')
    .option('--y <image>', 'image y')
    .option('--pairs <list>', 'CSV with the header x,y; paths relative to it')
    .option('--arrays <file>', '.npz with x [N, Dx] (and y [N, Dy]), as the model sees them')
    .option('--class <i>', "one class's model of a classifier", integer('--class'))
    .option('--full', 'mapping and hidden units and reconstructions too')
    .action((options: ScoreOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const sources = [options.x, options.pairs, options.arrays].filter((one) => one !== undefined)
        if (sources.length !== 1 || (options.y !== undefined && options.x === undefined)) {
          throw new WorkbenchError('USAGE', 'score takes --x IMG [--y IMG], --pairs LIST.csv or --arrays PAIRS.npz', {
            remedy: 'Give one of them.',
          })
        }
        const { pairs } = await app()
        const scorer = await pairs.scorer(options.run, options.class ?? null)
        const rows = await scoreRows(scorer, options)
        const full = options.full ?? false
        const { id, name, kind } = scorer.run
        output.result({ run: id, name, kind, pairs: rows.map((row) => rowDocument(row, full)) }, textOf(rows))
        if (scorer.noEnergy !== null) throw scorer.noEnergy
        return rows.some((row) => 'error' in row) ? 1 : 0
      }),
    )

async function scoreRows(scorer: RunScorer, options: ScoreOptions): Promise<Row[]> {
  if (options.arrays !== undefined) {
    const { bytes } = await imageAt(options.arrays)
    return scorer.scoreArrays(bytes, options.arrays)
  }
  const view = async (x: string, y: string | null) =>
    scorer.view(await imageAt(x), y === null ? null : await imageAt(y))
  if (options.x !== undefined) return scorer.score([await view(options.x, options.y ?? null)])
  const rows: (PairPixels | { error: ErrorData })[] = []
  for (const { x, y } of await listAt(options.pairs ?? '')) {
    rows.push(await view(x, y).catch((error: unknown) => ({ error: toErrorData(error) })))
  }
  const good = rows.filter((row): row is PairPixels => !('error' in row))
  const scores = (await scorer.score(good)).values()
  return rows.map((row) => ('error' in row ? row : (scores.next().value as Row)))
}
