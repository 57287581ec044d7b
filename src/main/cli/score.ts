import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { toErrorData, WorkbenchError, type ErrorData } from '../../shared/errors'
import { decodeText } from '../../shared/imageList/divide'
import { readImageList, type ImageListRow } from '../../shared/imageList/imageList'
import type { ClassScore, PairScore } from '../../shared/scores'
import { finderOnDisk } from '../datasets/readers/images/listedOnDisk'
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

/** Rows of a list, as an import reads it. @param pairs whether second images are wanted */
async function listAt(path: string, pairs: boolean): Promise<ImageListRow[]> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new WorkbenchError('FILE_UNREADABLE', cause.message, { where: path, remedy: 'Name a list of images.', cause })
  })
  return readImageList(decodeText(bytes), path, pairs).rows
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
    .option('--pairs <list>', 'images or pairs, a line each, header x,y or none; paths relative to it')
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
  const path = options.pairs ?? ''
  const find = finderOnDisk(path)
  const viewRow = async ({ x, y, error }: ImageListRow) => {
    if (error !== null) throw error
    return view(await find(x), y === null ? null : await find(y))
  }
  for (const row of await listAt(path, scorer.takesPairs)) {
    rows.push(await viewRow(row).catch((error: unknown) => ({ error: toErrorData(error) })))
  }
  const good = rows.filter((row): row is PairPixels => !('error' in row))
  const scores = (await scorer.score(good)).values()
  return rows.map((row) => ('error' in row ? row : (scores.next().value as Row)))
}
