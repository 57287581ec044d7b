import type { Command } from 'commander'
import { evaluationDocument, headOf, measureOf, resultOf } from '../../shared/measures'
import { absent, formatCount } from '../../shared/numbers'
import { noteLine } from '../../shared/remarks'
import type { RunSummary } from '../../shared/runs'
import type { RunPage } from '../store/runPage'
import { command, group, integer, perform, type CommonOptions } from './command'
import { table } from './output'
import { groupsDocument, groupsText } from './runs/groups'
import { noteCommand, renameCommand, tagCommand } from './runs/remarks'
import { compareCommand } from './runsCompare'

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
  threads: run.threads,
  sweep: run.sweep,
  valid: run.valid && evaluationDocument(run.valid, true),
  test: run.test && evaluationDocument(run.test, true),
  error: run.error,
  tags: run.tags,
  note: run.note,
})

interface ListOptions extends CommonOptions {
  bin?: boolean
  filter?: string
  sort?: string
  limit?: number
  offset?: number
  group?: string
}

const list = (childFolder: string) =>
  command('list', 'all runs, newest first')
    .option('--bin', 'the runs in the bin instead')
    .option('--filter <expression>', 'only those it takes: "valid.error < 0.02 and name ~ rect" (docs/filter.md)')
    .option('--sort <key>', 'by a key of the filter, upwards; -KEY: downwards; runs without it come last')
    .option('--group <keys>', 'KEY,... or spec (all settings but the seeds): a row a group, with means over its runs')
    .option('--limit <n>', 'at most so many', integer('--limit'))
    .option('--offset <n>', 'without the first so many', integer('--offset'))
    .action((options: ListOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const { bin, filter, sort, limit, offset, group: by } = options
        const query = { inBin: bin ?? false, filter, sort, limit, offset }
        if (by !== undefined) {
          const page = await (await app()).runs.groups({ ...query, group: by })
          return output.result(groupsDocument(page), groupsText(page, sort))
        }
        const page = await (await app()).runs.page(query)
        const { runs, total, notices } = page
        const document = { runs: runs.map(documentOf), total, ...(notices.length === 0 ? {} : { notices }) }
        output.result(document, [...notices, listText(page, filter !== undefined)].join('\n'))
      }),
    )

function listText({ runs, total }: RunPage, filtered: boolean): string {
  if (total === 0)
    return filtered ? 'No run fulfils the filter.' : 'No runs. Make one: gae-workbench train --preset quick'
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
  const result = headOf(measureOf('test.error')).toLowerCase()
  const head = ['run', 'name', 'status', 'data', 'model', 'seed', 'data seed', result, 'created', 'tags', 'note']
  const text = table(head, rows)
  return runs.length === total ? text : `${text}\n${runs.length} of ${formatCount(total)} runs.`
}

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
    .addCommand(compareCommand(childFolder))
    .addCommand(
      change(
        childFolder,
        'delete',
        'move a run to the bin',
        (run) => `${run.name} is in the bin (runs restore ${run.id}).`,
      ),
    )
    .addCommand(change(childFolder, 'restore', 'take a run out of the bin', (run) => `${run.name} is back.`))
