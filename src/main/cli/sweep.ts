import { access } from 'node:fs/promises'
import type { Command } from 'commander'
import { WorkbenchError } from '../../shared/errors'
import type { SweepDetail } from '../../shared/sweeps'
import { command, group, perform, type CommandContext, type CommonOptions } from './command'
import { readJson } from './inputFile'
import { interruptible } from './interrupt'

const example = 'For example: gae-workbench sweep SPEC.json. The format: docs/sweeps.md.'

/** The id of a sweep: of its name or id; a spec file makes it first. */
async function idOf({ app }: CommandContext, reference: string): Promise<string> {
  const { sweeps } = await app()
  if (await isFile(reference)) {
    const spec = await readJson(reference)
    return required(await interruptible((signal) => sweeps.create({ spec }, signal)))
  }
  return required(await sweeps.get({ sweep: reference }))
}

const isFile = (path: string): Promise<boolean> =>
  path.endsWith('.json')
    ? access(path).then(
        () => true,
        () => false,
      )
    : Promise.resolve(false)

function required({ sweep, name }: SweepDetail): string {
  if (sweep === null) throw new WorkbenchError('SWEEP_NOT_FOUND', `There is no sweep ${name}`)
  return sweep
}

async function print({ output }: CommandContext, detail: SweepDetail): Promise<void> {
  const { sweepDocument, sweepText } = await import('./sweepText')
  output.result(sweepDocument(detail), sweepText(detail, Object.keys(detail.spec.axes)))
}

/** Works a sweep off, tells it, and says by its code how it ended. */
async function workOff(context: CommandContext, id: string): Promise<number> {
  const { sweeps, sweepWorker } = await context.app()
  const { sweepProgress } = await import('./sweepProgress')
  const { name } = await sweeps.resume({ sweep: id })
  const onWork = sweepProgress(context.output, name)
  let stopped = false
  const detail = await interruptible(async (signal) => {
    const end = await sweepWorker.work(id, { signal, onWork })
    stopped = signal.aborted
    return end
  })
  await print(context, detail)
  const failed = detail.runs.filter(({ status }) => status === 'failed')
  const { progress } = detail
  if (stopped) {
    context.output.note(`Go on with: gae-workbench sweep resume ${name}`)
    return 130
  }
  if (failed.length > 0) throw failures(name, failed, progress.of)
  const interrupted = detail.runs.filter(({ status }) => status === 'interrupted' || status === 'missing')
  if (interrupted.length > 0) {
    throw new WorkbenchError(
      'SWEEP_UNFINISHED',
      `${interrupted.length} of ${progress.of} runs did not come to their end`,
      {
        where: name,
        remedy: `Go on with: gae-workbench sweep resume ${name}`,
        exit: 1,
      },
    )
  }
  return progress.done < detail.runs.length ? 130 : 0
}

function failures(name: string, failed: SweepDetail['runs'], of: number): WorkbenchError {
  const told = failed.slice(0, 5).map(({ name, error }) => `${name} (${error?.message ?? 'failed'})`)
  const more = failed.length > told.length ? `, and ${failed.length - told.length} more` : ''
  return new WorkbenchError('SWEEP_FAILED', `${failed.length} of ${of} runs failed: ${told.join(', ')}${more}`, {
    where: name,
    remedy: `Try those again that did not diverge: gae-workbench sweep resume ${name}`,
    exit: 1,
  })
}

export const sweepCommand = (childFolder: string): Command => {
  const verb = (
    name: string,
    description: string,
    act: (context: CommandContext, id: string) => Promise<number | void>,
  ) =>
    command(name, description)
      .argument('<sweep>', 'name, id, or a spec file, which makes it first')
      .action((reference: string, options: CommonOptions) =>
        perform(options, childFolder, async (context) => act(context, await idOf(context, reference))),
      )
  // The verb of `sweep SPEC.json`, which is written without it.
  const start = command('start', 'make a sweep, or go on with it, and work it off in this process: sweep SPEC.json')
    .argument('[spec]', 'sweep spec, a JSON file')
    .option('--dry-run', 'print the list of runs and make none')
    .action((path: string | undefined, options: CommonOptions & { dryRun?: boolean }) =>
      perform(options, childFolder, async (context) => {
        if (path === undefined) throw new WorkbenchError('USAGE', 'sweep takes a SPEC.json', { remedy: example })
        const spec = await readJson(path)
        const { sweeps } = await context.app()
        if (options.dryRun) return print(context, await sweeps.plan({ spec }))
        const made = await interruptible((signal) => sweeps.create({ spec }, signal))
        return workOff(context, required(made))
      }),
    )
  return group('sweep', 'train many runs: a base, axes, seeds (docs/sweeps.md)')
    .usage('SPEC.json [--dry-run] | show|resume|cancel SWEEP')
    .addCommand(start, { isDefault: true })
    .addCommand(
      verb('show', 'the list of its runs, and the best so far', async (context, id) =>
        print(context, await (await context.app()).sweeps.get({ sweep: id })),
      ),
    )
    .addCommand(verb('resume', 'run what is missing, in this process', workOff))
    .addCommand(
      verb('cancel', 'cancel what waits; what runs checkpoints and stops', async (context, id) =>
        print(context, await (await context.app()).sweeps.cancel({ sweep: id })),
      ),
    )
}
