import { parseInput } from '../../../shared/parse'
import { noteLine, noteSchema, tagRequestSchema } from '../../../shared/remarks'
import type { RunSummary } from '../../../shared/runs'
import { nameSchema } from '../../../shared/spec/schema'
import { command, perform, type CommonOptions } from '../command'
import type { Output } from '../output'

const reference = 'id, unique prefix of one, or unique name'
const collect = (value: string, all: string[]): string[] => [...all, value]

const textOf = ({ id, name, tags, note }: RunSummary): string => {
  const said = [
    tags.length === 0 ? 'no tags' : `tags ${tags.join(', ')}`,
    note === null ? 'no note' : `note "${noteLine(note, 200)}"`,
  ]
  return `${name} (${id}): ${said.join('; ')}`
}

/** What is said of runs after a change. */
function tell(output: Output, runs: readonly RunSummary[]): void {
  const documents = runs.map(({ id, name, tags, note }) => ({ run: id, name, tags, note }))
  output.result({ runs: documents }, runs.map(textOf).join('\n'))
}

export const tagCommand = (childFolder: string) =>
  command('tag', 'give runs tags, or take them away; without either, tell what they have')
    .argument('<run...>', reference)
    .option('--add <tag>', 'a tag that they get; may be given again', collect, [])
    .option('--remove <tag>', 'a tag that is taken away; may be given again', collect, [])
    .action((runs: string[], { add, remove, ...options }: CommonOptions & { add: string[]; remove: string[] }) =>
      perform(options, childFolder, async ({ output, app }) => {
        const request = parseInput(tagRequestSchema, { runs, add, remove }, 'runs tag')
        tell(output, await (await app()).runs.tag(request))
      }),
    )

export const noteCommand = (childFolder: string) =>
  command('note', 'write a note on a run')
    .argument('<run>', reference)
    .argument(
      '<text>',
      'the note, in the place of one that it has; an empty one removes it; one that begins with - comes after --',
    )
    .action((run: string, text: string, options: CommonOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const note = parseInput(noteSchema, text, 'runs note')
        tell(output, [await (await app()).runs.note({ run, note })])
      }),
    )

export const renameCommand = (childFolder: string) =>
  command('rename', 'give a run another name')
    .argument('<run>', reference)
    .argument('<name>', 'its new name')
    .action((run: string, text: string, options: CommonOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const name = parseInput(nameSchema, text, 'runs rename')
        tell(output, [await (await app()).runs.rename({ run, name })])
      }),
    )
