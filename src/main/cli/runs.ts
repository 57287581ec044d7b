import type { Command } from 'commander'
import { evaluationDocument, headOf, measureOf, resultOf } from '../../shared/measures'
import { absent } from '../../shared/numbers'
import { noteLine } from '../../shared/remarks'
import type { RunSummary } from '../../shared/runs'
import { command, group, perform, type CommonOptions } from './command'
import { table } from './output'
import { noteCommand, renameCommand, tagCommand } from './runs/remarks'

const documentOf = (run: RunSummary) => ({
  run: run.id,
  name: run.name,
  status: run.status,
  dataset: run.dataset,
  kind: run.kind,
  seed: run.seed,
  dataSeed: run.dataSeed,
  created: run.created,
  epochs: run.epochs,
  engine: run.engine,
  device: run.device,
  valid: run.valid && evaluationDocument(run.valid, true),
  test: run.test && evaluationDocument(run.test, true),
  error: run.error,
  tags: run.tags,
  note: run.note,
})

const list = (childFolder: string) =>
  command('list', 'all runs, newest first')
    .option('--bin', 'the runs in the bin instead')
    .action((options: CommonOptions & { bin?: boolean }) =>
      perform(options, childFolder, async ({ output, app }) => {
        const runs = await (await app()).runs.list({ inBin: options.bin ?? false })
        const rows = runs.map((run) => [
          run.id,
          run.name,
          run.status,
          run.dataset,
          run.kind,
          String(run.seed),
          run.dataSeed === null ? absent : String(run.dataSeed),
          resultOf(run),
          run.created,
          run.tags.join(', ') || absent,
          run.note === null ? absent : noteLine(run.note, 40),
        ])
        const text =
          rows.length === 0
            ? 'No runs. Make one: gae-workbench train --preset quick'
            : table(
                [
                  'run',
                  'name',
                  'status',
                  'data',
                  'model',
                  'seed',
                  'data seed',
                  headOf(measureOf('test.error')).toLowerCase(),
                  'created',
                  'tags',
                  'note',
                ],
                rows,
              )
        output.result({ runs: runs.map(documentOf) }, text)
      }),
    )

const show = (childFolder: string) =>
  command('show', 'one run: spec, results, engine, timings')
    .argument('<run>', 'id, unique prefix of one, or unique name')
    .action((reference: string, options: CommonOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const { runs } = await app()
        const run = await runs.get({ run: reference })
        const document = { ...run, run: run.id, results: await runs.results({ run: reference }) }
        output.result(document, JSON.stringify(document, null, 2))
      }),
    )

const change = (
  childFolder: string,
  name: 'delete' | 'restore',
  description: string,
  said: (run: RunSummary) => string,
) =>
  command(name, description)
    .argument('<run>', 'id, unique prefix of one, or unique name')
    .action((reference: string, options: CommonOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const { runs } = await app()
        const run = await runs[name === 'delete' ? 'moveToBin' : 'restore']({ run: reference })
        output.result(documentOf(run), said(run))
      }),
    )

export const runsCommand = (childFolder: string): Command =>
  group('runs', 'list, read and tidy runs')
    .addCommand(list(childFolder))
    .addCommand(show(childFolder))
    .addCommand(tagCommand(childFolder))
    .addCommand(noteCommand(childFolder))
    .addCommand(renameCommand(childFolder))
    .addCommand(
      change(
        childFolder,
        'delete',
        'move a run to the bin',
        (run) => `${run.name} is in the bin (runs restore ${run.id}).`,
      ),
    )
    .addCommand(change(childFolder, 'restore', 'take a run out of the bin', (run) => `${run.name} is back.`))
