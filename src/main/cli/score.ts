import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { parse } from 'csv-parse/sync'
import { toErrorData, WorkbenchError, type ErrorData } from '../../shared/errors'
import { negativeParts } from '../../shared/negativeCoefficients'
import type { ClassScore, PairScore } from '../../shared/scores'
import type { PairPixels, RunScorer, ScoredRow } from '../workbench/pairs'
import { command, integer, perform, preparedAlone, type CommonOptions } from './command'
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
  prepared?: boolean
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
    .option('--pairs <list>', 'CSV with the header x,y; paths relative to it')
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

const emptyList = (where: string): WorkbenchError =>
  new WorkbenchError('LIST_EMPTY', 'The list names no images', {
    where,
    remedy: 'Give a row x,y for each pair under the header.',
  })

async function scoreRows(scorer: RunScorer, options: ScoreOptions): Promise<Row[]> {
  if (options.arrays !== undefined) {
    const { bytes } = await imageAt(options.arrays)
    return scorer.scoreArrays(bytes, options.arrays, options.prepared ?? false)
  }
  const view = async (x: string, y: string | null) =>
    scorer.view(await imageAt(x), y === null ? null : await imageAt(y))
  if (options.x !== undefined) return scorer.score([await view(options.x, options.y ?? null)])
  const rows: (PairPixels | { error: ErrorData })[] = []
  const pairs = await listAt(options.pairs ?? '')
  if (pairs.length === 0) throw emptyList(options.pairs ?? '')
  for (const { x, y } of pairs) {
    rows.push(await view(x, y).catch((error: unknown) => ({ error: toErrorData(error) })))
  }
  const good = rows.filter((row): row is PairPixels => !('error' in row))
  const scores = (await scorer.score(good)).values()
  return rows.map((row) => ('error' in row ? row : (scores.next().value as Row)))
}
