import type { Command } from 'commander'
import {
  generateRequestSchema,
  generatorFacts,
  generatorNameSchema,
  type GeneratorName,
  type GeneratorOptions,
} from '../../shared/generators'
import { parseInput } from '../../shared/parse'
import { command, integer, number, perform, type CommonOptions } from './command'
import { datasetDocument, datasetText, heightAndWidth } from './datasetOutput'
import { interruptible } from './interrupt'

interface GenerateOptions extends CommonOptions, GeneratorOptions {
  train?: number
  valid?: number
  test?: number
  seed?: number
  name?: string
  source?: string
}

const names = generatorNameSchema.options
const width = Math.max(...names.map((name) => name.length))

/** Names of options on the command line, with their defaults. */
function optionText(name: GeneratorName): string {
  const flag = (option: string) => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  const facts = generatorFacts[name]
  const options = Object.entries(facts.options).map(([option, value]) => {
    if (Array.isArray(value)) return `${flag(option)} ${value.join('x')}`
    return typeof value === 'boolean' ? flag(option) : `${flag(option)} ${value}`
  })
  const source = { none: [], optional: ['[--source DATASET]'], needed: ['--source DATASET'] }[facts.source]
  const counts = Object.entries(facts.counts).map(([split, count]) => `--${split} ${count}`)
  return [...source, ...counts, ...options].join(' ')
}

const help = `
Generators, with their options and the values that these have where nothing is said:
${names.map((name) => `  ${name.padEnd(width)}  ${generatorFacts[name].text}\n  ${' '.repeat(width)}  ${optionText(name)}`).join('\n')}

With --source the images of a dataset are varied instead of random dots: its training images make training examples,
its validation and test images validation and test examples, so no image is on both sides. --shape and --density are of
random dots alone.

Examples:
  gae-workbench datasets generate convex --seed 1
  gae-workbench datasets generate mnist-rot --source digits --name rot
  gae-workbench datasets generate rotations --shape 16x16 --largest-angle 90
  gae-workbench datasets generate shifts --source digits --no-circular --largest-shift 5
`

export const generateCommand = (childFolder: string): Command =>
  command('generate', 'make a benchmark set or transformation pairs')
    .argument('<generator>', names.join(', '))
    .option('--train <n>', 'training examples', integer('--train'))
    .option('--valid <n>', 'validation examples', integer('--valid'))
    .option('--test <n>', 'test examples', integer('--test'))
    .option('--seed <s>', 'seed of the draw', integer('--seed'))
    .option('--name <name>', 'name of the dataset')
    .option('--source <dataset>', 'dataset whose images are varied')
    .option('--shape <HxW>', 'height and width of a field of random dots', heightAndWidth)
    .option('--density <p>', 'share of white dots', number('--density'))
    .option('--circular', 'what leaves one edge enters at the opposite one')
    .option('--no-circular', 'new dots (or black) enter')
    .option('--largest-shift <n>', 'pixels, each way', integer('--largest-shift'))
    .option('--largest-angle <degrees>', 'degrees, each way', number('--largest-angle'))
    .option('--largest-scale <factor>', 'factor, larger and smaller', number('--largest-scale'))
    .addHelpText('after', help)
    .action((generator: string, options: GenerateOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const { train, valid, test, seed, name, source } = options
        const { shape, density, circular, largestShift, largestAngle, largestScale } = options
        const given = { shape, density, circular, largestShift, largestAngle, largestScale }
        const request = parseInput(
          generateRequestSchema,
          { generator, train, valid, test, seed, name, source, options: given },
          'datasets generate',
        )
        const { datasets } = await app()
        const { dataProgress } = await import('./dataProgress')
        const progress = dataProgress('generate', output.json)
        const dataset = await interruptible((signal) => datasets.generate(request, signal, progress.update)).finally(
          progress.stop,
        )
        output.result(datasetDocument(dataset), datasetText(dataset))
      }),
    )
