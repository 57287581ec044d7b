import type { Command } from 'commander'
import type { IntegrabilityCheck, Slots, TrajectoryAnswer } from '../../shared/dynamics'
import { slotsSchema } from '../../shared/dynamics'
import { WorkbenchError } from '../../shared/errors'
import { parseInput } from '../../shared/parse'
import type { PairPixels, RunScorer } from '../workbench/pairs'
import { command, integer, perform, preparedAlone, type CommonOptions } from './command'
import { imageAt, writeInto } from './imageFile'
import { table } from './output'

interface FieldOptions extends CommonOptions {
  run: string
  x?: string
  y?: string
  arrays?: string
  slots?: string
  steps?: number
  class?: number
  full?: boolean
  prepared?: boolean
  out?: string
}

/** The pair of images, or the first pair of the arrays. */
async function pairOf(scorer: RunScorer, { x, y, arrays }: FieldOptions): Promise<PairPixels> {
  if (arrays !== undefined) {
    const { readPairArrays } = await import('../datasets/pairArrays')
    const rows = readPairArrays((await imageAt(arrays)).bytes, arrays)
    const first = (data: Float32Array) => data.slice(0, data.length / rows.n)
    return { x: first(rows.x), y: rows.y === null ? null : first(rows.y) }
  }
  return scorer.view(await imageAt(x ?? ''), y === undefined ? null : await imageAt(y))
}

/** Rows of a matrix [n, width]. */
const rowsOf = (data: Float64Array, width: number): number[][] =>
  Array.from({ length: data.length / width }, (_, row) => [...data.subarray(row * width, (row + 1) * width)])

const digits = (value: number | null): string => (value === null ? '--' : value.toPrecision(3))

function textOf(conclusion: string, checks: readonly IntegrabilityCheck[], walked: TrajectoryAnswer): string {
  const rows = checks.map(({ key, value, tolerance, verdict, reason }) => [
    key,
    digits(value),
    tolerance.toExponential(),
    verdict,
    reason ?? '',
  ])
  const energies = walked.energies === null ? 'none' : [...walked.energies].map((e) => e.toPrecision(6)).join(' ')
  const stopped =
    walked.stopped === null ? '' : `\nStopped before step ${walked.stopped.step}: ${walked.stopped.message}`
  return `${conclusion}\n${table(['check', 'value', 'tolerance', 'verdict', ''], rows)}\nEnergy along unit steps: ${energies}${stopped}`
}

/** Frames of a trajectory as a film strip. @throws NO_IMAGE_SHAPE */
async function writeFilm(folder: string, { shape, points, start }: TrajectoryAnswer): Promise<string[]> {
  if (shape === null) {
    throw new WorkbenchError('NO_IMAGE_SHAPE', `${start.length} pixels of an imported model are no square`, {
      where: '--out',
      remedy: 'Leave --out away and take the numbers of --full.',
    })
  }
  const { filmStrip } = await import('../images/filmStrip')
  const { png } = filmStrip([rowsOf(points, start.length)], shape)
  return writeInto(folder, { 'trajectory.png': png })
}

export const fieldCommand = (childFolder: string): Command =>
  command('field', 'vector field, unit steps and integrability at the first pair')
    .requiredOption('--run <run>', 'id, unique prefix of one, or unique name')
    .option('--x <image>', 'image x')
    .option('--y <image>', 'image y, where the steps start; models of one image start at x where it is left out')
    .option(
      '--arrays <file>',
      ".npz with x [N, Dx] (and y [N, Dy]), pixels before the run's preprocess; its first row is taken",
    )
    .option('--prepared', 'the arrays are as the model sees them, after its preprocess')
    .option('--slots <slots>', 'both: x = y moves; fixed: x is held (default: both, for a gae fixed)')
    .option('--steps <n>', 'unit steps', integer('--steps'), 5)
    .option('--class <i>', "one class's model of a classifier (default 0)", integer('--class'))
    .option('--full', 'field, Jacobian and trajectory too')
    .option('--out <dir>', 'folder for trajectory.png, a film strip')
    .action((options: FieldOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const sources = [options.x, options.arrays].filter((one) => one !== undefined)
        if (sources.length !== 1 || (options.y !== undefined && options.x === undefined)) {
          throw new WorkbenchError('USAGE', 'field takes --x IMG [--y IMG] or --arrays PAIRS.npz', {
            remedy: 'Give one of them.',
          })
        }
        if (options.prepared === true && options.arrays === undefined) throw preparedAlone()
        const slots: Slots | null =
          options.slots === undefined ? null : parseInput(slotsSchema, options.slots, '--slots')
        const { pairs, dynamics } = await app()
        const scorer = await pairs.scorer(options.run, options.class ?? null)
        const { class: modelClass = null, prepared = false } = options
        const request = { run: scorer.run.id, class: modelClass, slots, prepared, ...(await pairOf(scorer, options)) }
        const full = options.full ?? false
        const walked = await dynamics.trajectory({ ...request, steps: options.steps ?? 5 })
        const tested = await dynamics.testIntegrability(request, full)
        const files = options.out === undefined ? [] : await writeFilm(options.out, walked)
        const width = walked.start.length
        const { jacobianAsymmetry, loopIntegral, loopIntegralRelative, pathIndependence, equivalence } = tested
        const document = {
          run: scorer.run.id,
          name: scorer.run.name,
          kind: walked.kind,
          class: walked.class,
          slots: walked.slots,
          energy: walked.energy,
          noEnergy: walked.noEnergy,
          jacobianAsymmetry,
          loopIntegral,
          loopIntegralRelative,
          pathIndependence,
          trajectoryEnergy: walked.energies && [...walked.energies],
          stopped: walked.stopped,
          promisedRise: walked.promisedRise && [...walked.promisedRise],
          promiseKept: walked.promiseKept,
          equivalence,
          checks: tested.checks,
          conclusion: tested.conclusion,
          lesson: tested.lesson,
          movedInwards: tested.movedInwards,
          ...(full
            ? {
                field: [...(await dynamics.field(request)).force],
                jacobian: tested.jacobian && rowsOf(tested.jacobian, width),
                trajectory: rowsOf(walked.points, width),
              }
            : {}),
          ...(files.length === 0 ? {} : { files }),
        }
        output.result(document, textOf(tested.conclusion, tested.checks, walked))
      }),
    )
