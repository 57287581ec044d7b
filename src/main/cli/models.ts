import type { Command } from 'commander'
import { nameSchema } from '../../shared/spec/schema'
import { parseInput } from '../../shared/parse'
import { command, group, perform, type CommonOptions } from './command'
import { readInput } from './inputFile'
import { checkOutput, writeOutput } from './outputFile'
import { kindNames, modelKindSchema } from '../../shared/kinds'

const importModel = (childFolder: string) =>
  command('import', 'weights from Python: an .npz with the names of docs/theory.md')
    .argument('<file>', '.npz file')
    .requiredOption('--name <name>', 'name of the run')
    .option('--kind <kind>', `${kindNames.join(', ')}, where the file has no meta`)
    .action((file: string, options: CommonOptions & { name: string; kind?: string }) =>
      perform(options, childFolder, async ({ output, app }) => {
        const name = parseInput(nameSchema, options.name, '--name')
        const kind = options.kind === undefined ? undefined : parseInput(modelKindSchema, options.kind, '--kind')
        const bytes = await readInput(file, 'an .npz file')
        const { models } = await app()
        const { run, notes } = await models.import({ file, bytes, name, kind })
        for (const note of notes) output.note(note)
        output.result({ run: run.id, name: run.name, kind: run.kind }, `${run.name} (${run.id}): ${run.kind}`)
      }),
    )

const exportModel = (childFolder: string) =>
  command('export', 'weights to an .npz that numpy reads')
    .argument('<run>', 'id, unique prefix of one, or unique name')
    .argument('<file>', '.npz file to write')
    .action((reference: string, file: string, options: CommonOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        await checkOutput(file)
        const bytes = await (await app()).models.export({ run: reference })
        await writeOutput(file, bytes)
        output.result({ file, bytes: bytes.byteLength }, `${file}: ${bytes.byteLength} bytes`)
      }),
    )

export const modelsCommand = (childFolder: string): Command =>
  group('models', 'weights from and to Python')
    .addCommand(importModel(childFolder))
    .addCommand(exportModel(childFolder))
