import type { Command } from 'commander'
import { deviceChoiceSchema, type DeviceChoice } from '../../shared/devices'
import { errorLine, WorkbenchError, type ErrorData } from '../../shared/errors'
import { lossWords } from '../../shared/lossWords'
import { parseInput } from '../../shared/parse'
import { findPreset } from '../../shared/presets'
import { fittedWords, runNotices } from '../../shared/runNotices'
import type { RunDetail } from '../../shared/runs'
import { command, integer, perform, type CommandContext, type CommonOptions } from './command'
import { storeLocked } from '../workbench/patience'
import { readJson } from './inputFile'
import { interruptible } from './interrupt'
import { documentOf, evaluationText } from './evaluationText'
import { setAt } from '../../shared/spec/paths'
import { ownKeys } from '../../shared/spec/read'

interface TrainOptions extends CommonOptions {
  preset?: string
  dataset?: string
  set: string[]
  device?: string
  name?: string
  seed?: number
  dataSeed?: number
}

const collect = (value: string, all: string[]): string[] => [...all, value]

/** The spec as written: of the file or the preset, then --dataset, --seed and each --set. */
async function specOf(path: string | undefined, options: TrainOptions): Promise<{ spec: unknown; preset?: string }> {
  if ((path === undefined) === (options.preset === undefined)) {
    throw new WorkbenchError('USAGE', 'train takes a SPEC.json or --preset NAME, one of them', {
      remedy: 'For example: gae-workbench train --preset quick',
    })
  }
  let spec: unknown = path === undefined ? structuredClone(findPreset(options.preset ?? '').spec) : await readJson(path)
  if (options.dataset !== undefined) spec = setAt(spec, 'dataset', options.dataset)
  if (options.seed !== undefined) spec = setAt(spec, 'seed', options.seed)
  for (const assignment of options.set) {
    const at = assignment.indexOf('=')
    if (at < 1) {
      throw new WorkbenchError('USAGE', `--set takes key.path=JSON, not "${assignment}"`, {
        remedy: 'For example: --set optimizer.learningRate=0.003',
      })
    }
    spec = setAt(spec, assignment.slice(0, at), jsonOrText(assignment.slice(at + 1)))
  }
  return { spec, preset: options.preset }
}

/** JSON where it is JSON, else the text itself, so that a shell user needs no quotes within quotes. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const runDocument = (run: RunDetail) => ({
  run: run.id,
  name: run.name,
  status: run.status,
  dataset: run.dataset,
  engine: run.engine,
  device: run.device,
  dtype: run.dtype,
  threads: run.threads,
  seed: run.seed,
  dataSeed: run.dataSeed,
  epochs: run.epochs,
  seconds: run.seconds,
  valid: run.valid && documentOf(run.valid),
  test: run.test && documentOf(run.test),
  ...(run.warnings === undefined ? {} : { warnings: run.warnings }),
  fitted: fittedWords(run.spec.classifier),
  losses: { training: lossWords(run.spec, 'corrupted'), evaluation: lossWords(run.spec, 'clean') },
  notices: runNotices(run),
})

const runText = (run: RunDetail): string =>
  [
    `${run.name} (${run.id}): ${run.status}, ${run.engine} ${run.device} ${run.dtype}, seed ${run.seed}${run.dataSeed === null ? '' : `, data seed ${run.dataSeed}`}, ${run.seconds.toFixed(1)} s`,
    ...(run.valid === null ? [] : evaluationText('validation', run.valid)),
    ...(run.test === null ? [] : evaluationText('test', run.test)),
    ...(run.warnings ?? []).map(warningText),
    `  loss: ${lossWords(run.spec, 'clean')}; in training: ${lossWords(run.spec, 'corrupted')}`,
    ...[fittedWords(run.spec.classifier)].flatMap((words) => (words === null ? [] : [`  ${words}`])),
  ].join('\n')

const warningText = (warning: ErrorData): string => `Warning: ${errorLine(warning)}`

/** Carries a run out in this process, with progress; Ctrl-C checkpoints and stops. @returns the exit code */
export async function carryOut({ output, app }: CommandContext, runId: string): Promise<number> {
  const { executor, runs } = await app()
  const { progressLine } = await import('./progress')
  const line = progressLine(output.json)
  const onWarning = (warning: ErrorData) => output.note(warningText(warning))
  const onLocked = (seconds: number) => output.note(storeLocked(seconds).message)
  const begin = (signal: AbortSignal) =>
    executor.execute(runId, { signal, onProgress: line.update, onWarning, onLocked })
  await interruptible(begin).finally(line.stop)
  const run = await runs.get({ run: runId })
  if (run.status === 'failed' || run.status === 'interrupted') {
    const { code, message, where, remedy } = run.error ?? {
      code: 'RUN_FAILED',
      message: `${run.name} is ${run.status}`,
      where: null,
      remedy: `Go on with: gae-workbench resume ${run.id}`,
    }
    throw new WorkbenchError(code, message, { where, remedy, exit: 1 })
  }
  if (!output.json) for (const notice of runNotices(run)) output.note(notice)
  output.result(runDocument(run), runText(run))
  return run.status === 'cancelled' ? 130 : 0
}

const deviceOf = (device: string | undefined): DeviceChoice | undefined =>
  device === undefined ? undefined : parseInput(deviceChoiceSchema, device, '--device')

export const trainCommand = (childFolder: string): Command =>
  command('train', 'train one run to its result')
    .argument('[spec]', 'run spec, a JSON file')
    .option('--preset <name>', 'a preset, which makes its own data')
    .option('--dataset <name>', 'dataset to train on')
    .option('--set <key=json>', 'sets one key of the spec', collect, [])
    .option('--device <device>', 'auto, cpu, webgpu, cuda or tensorflow')
    .option('--name <name>', 'name of the run')
    .option('--seed <s>', 'seed of start, order and corruption', integer('--seed'))
    .option('--data-seed <s>', "seed of a preset's data (default: that of --seed)", integer('--data-seed'))
    .action((path: string | undefined, options: TrainOptions) =>
      perform(options, childFolder, async (context) => {
        const { spec, preset } = await specOf(path, options)
        const { spec: own, leftOut } = ownKeys(spec)
        if (leftOut !== null) context.output.note(leftOut)
        const request = { spec: own, preset, dataSeed: options.dataSeed }
        const device = deviceOf(options.device)
        const { runs } = await context.app()
        const run = await interruptible((signal) =>
          runs.createHeld({ ...request, name: options.name, device: device ?? 'auto' }, signal),
        )
        return carryOut(context, run.id)
      }),
    )

export const resumeCommand = (childFolder: string): Command =>
  command('resume', 'go on from the last checkpoint')
    .argument('<run>', 'id, unique prefix of one, or unique name')
    .option('--device <device>', 'auto, cpu, webgpu, cuda or tensorflow')
    .action((reference: string, options: CommonOptions & { device?: string }) =>
      perform(options, childFolder, async (context) => {
        const device = deviceOf(options.device)
        const { runs } = await context.app()
        const run = await runs.resumeHeld({ run: reference }, device)
        return carryOut(context, run.id)
      }),
    )
