import type { Command } from 'commander'
import { toErrorData, WorkbenchError, type ErrorData } from '../../shared/errors'
import { decodeText } from '../../shared/imageList/divide'
import { readImageList, type ImageListRow } from '../../shared/imageList/imageList'
import { negativeParts } from '../../shared/negativeCoefficients'
import type { ClassScore, PairScore } from '../../shared/scores'
import { finderOnDisk } from '../datasets/readers/images/listedOnDisk'
import type { PairPixels, RunScorer, ScoredRow } from '../workbench/pairs'
import { command, integer, perform, preparedAlone, type CommonOptions } from './command'
import { imageAt } from './imageFile'
import { readInput } from './inputFile'
import { table } from './output'

interface ScoreOptions extends CommonOptions {
  run: string
  x?: string
  y?: string
  pairs?: string
  arrays?: string
  class?: number
  full?: boolean
  prepared?: boolean
}

/** Rows of a list, as an import reads it. @param pairs whether second images are wanted */
async function listAt(path: string, pairs: boolean): Promise<ImageListRow[]> {
  const bytes = await readInput(path, 'a list of images')
  return readImageList(decodeText(bytes), path, pairs).rows
}

const list = (values: Float32Array | null) => (values === null ? null : Array.from(values))

/** What the score of each class is made of, as the contract says. */
function termsDocument({ scores, posterior, parts = [] }: ClassScore, names: readonly string[] | null) {
  return parts.map((part, index) => ({
    class: index,
    ...(names && { name: names[index] }),
    ...part,
    score: scores[index],
    posterior: posterior[index],
  }))
}

/** The class scores of one image; what they are made of with --full. */
function classDocument(score: ClassScore, full: boolean, names: readonly string[] | null) {
  const { scores, posterior, predicted } = score
  const name = names?.[predicted]
  const document = { scores, posterior, predicted, ...(name !== undefined && { predictedName: name }) }
  return full && score.parts ? { ...document, terms: termsDocument(score, names) } : document
}

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

type Row = ScoredRow | { error: ErrorData }

function rowDocument(row: Row, full: boolean, names: readonly string[] | null) {
  if ('error' in row) return row
  const { score, notices } = row
  const document = 'energy' in score ? pairDocument(score, full) : classDocument(score, full, names)
  return notices.length === 0 ? document : { ...document, notices }
}

const digits = (value: number | null | undefined): string => (value == null ? '--' : value.toPrecision(6))

function textOf(rows: Row[], names: readonly string[] | null): string {
  const cells = rows.map((row, index): string[] => {
    if ('error' in row) return [String(index), row.error.message]
    const { score } = row
    if ('scores' in score) {
      const predicted = names?.[score.predicted] ?? String(score.predicted)
      return [String(index), predicted, score.posterior.map((p) => p.toFixed(4)).join(' ')]
    }
    const { yGivenX, xGivenY, conditional, diagonal } = score.energy
    return [String(index), digits(yGivenX ?? conditional), digits(xGivenY ?? diagonal), digits(score.gain)]
  })
  const header = rows.some((row) => 'score' in row && 'scores' in row.score)
    ? ['pair', 'predicted', 'posterior']
    : ['pair', 'E(y|x) or conditional', 'E(x|y) or diagonal', 'gain']
  return table(header, cells)
}

/** A table of what each score is made of, an image after the other. */
function termsText(rows: Row[], names: readonly string[] | null): string {
  const head = ['pair', 'class', 'mean', 'aM', 'covariance', 'aC', 'visible', 'aB', 'B', 'score', 'posterior']
  const cells = rows.flatMap((row, pair) => {
    if ('error' in row || !('parts' in row.score)) return []
    const { scores, posterior, parts = [] } = row.score
    return parts.map(({ mean, covariance, visible, B }, index) => [
      ...[String(pair), names?.[index] ?? String(index)],
      ...[mean, covariance, visible].flatMap((term) => [digits(term?.value), digits(term?.coefficient)]),
      ...[digits(B), digits(scores[index]), posterior[index].toFixed(4)],
    ])
  })
  return cells.length === 0 ? '' : `\n\n${table(head, cells)}`
}

/** What is to be known of the list: rows far from the training images, and scores that are no sums of energies. */
function noticesOf(rows: Row[], names: readonly string[] | null): string[] {
  const far = rows.flatMap((row, pair) =>
    'score' in row ? row.notices.map((notice) => `pair ${pair}: ${notice}`) : [],
  )
  const parts = rows.flatMap((row) => ('score' in row && 'parts' in row.score ? [row.score.parts ?? []] : []))[0]
  const negative = parts === undefined ? null : negativeParts(parts, names)
  return negative === null ? far : [negative, ...far]
}

export const scoreCommand = (childFolder: string): Command =>
  command('score', 'energies, gains, reconstruction errors and mapping units of pairs')
    .requiredOption('--run <run>', 'id, unique prefix of one, or unique name')
    .option('--x <image>', 'image x')
    .option('--y <image>', 'image y')
    .option('--pairs <list>', 'images or pairs, a line each, header x,y or none; paths relative to it')
    .option('--arrays <file>', ".npz with x [N, Dx] (and y [N, Dy]), pixels before the run's preprocess")
    .option('--prepared', 'the arrays are as the model sees them, after its preprocess')
    .option('--class <i>', "one class's model of a classifier", integer('--class'))
    .option('--full', 'mapping and hidden units and reconstructions, or the terms of the class scores too')
    .action((options: ScoreOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const sources = [options.x, options.pairs, options.arrays].filter((one) => one !== undefined)
        if (sources.length !== 1 || (options.y !== undefined && options.x === undefined)) {
          throw new WorkbenchError('USAGE', 'score takes --x IMG [--y IMG], --pairs LIST.csv or --arrays PAIRS.npz', {
            remedy: 'Give one of them.',
          })
        }
        if (options.prepared === true && options.arrays === undefined) throw preparedAlone()
        const { pairs } = await app()
        const scorer = await pairs.scorer(options.run, options.class ?? null)
        const rows = await scoreRows(scorer, options)
        const full = options.full ?? false
        const { id, name, kind } = scorer.run
        const names = await scorer.classNames()
        const notices = noticesOf(rows, names)
        if (!output.json) for (const notice of notices) output.note(notice)
        const document = { run: id, name, kind, pairs: rows.map((row) => rowDocument(row, full, names)), notices }
        output.result(document, textOf(rows, names) + (full ? termsText(rows, names) : ''))
        if (scorer.noEnergy !== null) throw scorer.noEnergy
        return rows.some((row) => 'error' in row) ? 1 : 0
      }),
    )

async function scoreRows(scorer: RunScorer, options: ScoreOptions): Promise<Row[]> {
  if (options.arrays !== undefined) {
    const { bytes } = await imageAt(options.arrays)
    return scorer.scoreArrays(bytes, options.arrays, options.prepared ?? false)
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
