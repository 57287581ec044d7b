import { resolve } from 'node:path'
import type { Command } from 'commander'
import { importRequestSchema, type SourceFile } from '../../shared/datasets'
import type { MeaningOptions, ScaleOption } from '../../shared/importing'
import { parseInput } from '../../shared/parse'
import { command, fraction, group, integer, perform, type CommonOptions } from './command'
import { datasetDocument, datasetText, heightAndWidth, understoodText } from './datasetOutput'
import { oneOf, scaleOption } from './importOptions'
import { generateCommand } from './generate'
import { table } from './output'
import { interruptible } from './interrupt'
import { checkOutput, writeOutput } from './outputFile'

const fileAt = (path: string): SourceFile => ({ name: path, content: { path: resolve(path) } })

interface ImportOptions extends CommonOptions {
  name: string
  labels?: string
  testPath?: string
  testLabels?: string
  valid?: number
  test?: number
  validFraction?: number
  testFraction?: number
  shape?: [number, number]
  frames?: boolean
  seed?: number
  kind?: MeaningOptions['kind']
  labelsColumn?: string
  scale?: ScaleOption
  transpose?: boolean
  order?: MeaningOptions['order']
}

const formats = `
Formats, known by their first bytes:
  .amat          an example a line: values as they are, then the label, with spaces between
  IDX            images, labels; plain or .gz
  .npy, .npz     x [N,D] or [N,H,W]; y [N], [N,1] or one-hot labels (numbers or names), or images like x: pairs;
                 x_train, y_test, train_images, Xtest, ...: splits that stay as they are
  CSV            an example a line, with commas, semicolons, tabs or white space between; the label is the column label,
                 class, y or target, else an outer column where the number of the others is that of an image's pixels
  folder         images of one size, in grey; one sub-folder a class, or none: no labels; the same below train/,
                 val/ and test/. PNG, JPEG, WebP, TIFF, GIF, BMP, PGM/PPM; upright by EXIF; pages and frames of a file are
                 images of their own; what is no image, and links that lead out of the folder, are left out and said
  list           text of image files, relative to it: pairs (header x,y; left,right; image1,image2 ... or none), or
                 images with labels (file,label); divided by commas, semicolons, tabs or spaces
  .zip, .gz      what they hold: a folder of images, or files of data, those called train and test as such
  --frames       a folder of images, or a TIFF or GIF of several: each with the next one, in order of their names
                 (img2 before img10; rot_-1 before rot_0.5; points of dates and versions are no decimal points)
What was understood is said. Files that can be read in two ways are not imported (AMBIGUOUS): the options above say which.
Without counts or fractions a tenth is for validation and a tenth for test, each class in its share; which ones is drawn
by --seed (1). The published .amat training files have their validation rows at the end: with --test-path and --valid N,
and no --seed, the last N rows of an .amat file are taken.

Examples:
  gae-workbench datasets import convex_train.amat --test-path convex_test.amat --valid 2000 --name convex
  gae-workbench datasets import digits.npz --scale 0,16 --name digits
  gae-workbench datasets import shapes/ --name shapes
  gae-workbench datasets import film/ --frames --name film
`

const importFiles = (childFolder: string) =>
  command('import', 'read images and labels, or pairs: all or nothing')
    .argument('<path...>', 'files, or a folder of images')
    .requiredOption('--name <name>', 'name of the dataset')
    .option('--labels <path>', 'file of labels')
    .option('--test-path <path>', 'file or folder that is the test split, whole')
    .option('--test-labels <path>', 'labels of the test file')
    .option('--valid <n>', 'validation examples', integer('--valid'))
    .option('--test <n>', 'test examples', integer('--test'))
    .option('--valid-fraction <p>', 'share of validation examples', fraction('--valid-fraction'))
    .option('--test-fraction <p>', 'share of test examples', fraction('--test-fraction'))
    .option('--shape <HxW>', 'height and width of flat rows', heightAndWidth)
    .option('--frames', 'consecutive images of a folder as pairs')
    .option('--seed <s>', 'seed of the split', integer('--seed'))
    .option('--kind <kind>', 'images, labelled or pairs', oneOf('--kind', ['images', 'labelled', 'pairs']))
    .option('--labels-column <column>', 'column of labels in a table: first, last or its name')
    .option('--scale <scale>', 'numbers that become 0 and 1: auto, unit, byte (0..255), keep, or LO,HI', scaleOption)
    .option('--transpose', 'rows and columns of every image change places')
    .option('--no-transpose', 'they do not, whatever the file is called')
    .option(
      '--order <order>',
      'of image files: natural (2 before 10) or plain (10 before 2)',
      oneOf('--order', ['natural', 'plain']),
    )
    .addHelpText('after', formats)
    .action((paths: string[], options: ImportOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const { name, labels, testPath, testLabels, shape, frames } = options
        const { valid, test, validFraction, testFraction, seed } = options
        const { kind, labelsColumn, scale, transpose, order } = options
        const request = parseInput(
          importRequestSchema,
          {
            name,
            files: paths.map(fileAt),
            labels: labels === undefined ? undefined : fileAt(labels),
            testFiles: testPath === undefined ? undefined : [fileAt(testPath)],
            testLabels: testLabels === undefined ? undefined : fileAt(testLabels),
            shape,
            frames,
            meaning: { kind, labelsColumn, scale, transpose, order },
            split: { valid, test, validFraction, testFraction, seed },
          },
          'datasets import',
        )
        const { datasets } = await app()
        const { dataProgress } = await import('./dataProgress')
        const progress = dataProgress('import', output.json)
        const dataset = await interruptible((signal) => datasets.import(request, signal, progress.update)).finally(
          progress.stop,
        )
        const { recipe } = dataset
        const understood = recipe.kind === 'imported' ? recipe.understood : null
        output.result(
          { ...datasetDocument(dataset), understood },
          [datasetText(dataset), ...(understood === null ? [] : [understoodText(understood)])].join('\n'),
        )
      }),
    )

const list = (childFolder: string) =>
  command('list', 'all datasets').action((options: CommonOptions) =>
    perform(options, childFolder, async ({ output, app }) => {
      const datasets = await (await app()).datasets.list({ inBin: false })
      const rows = datasets.map(({ name, kind, n, shape, classes }) => [
        name,
        kind,
        shape.join('x'),
        String(n.train),
        String(n.valid),
        String(n.test),
        classes === null ? '--' : String(classes.length),
      ])
      const text =
        rows.length === 0
          ? 'No datasets. Make one: gae-workbench datasets generate rectangles'
          : table(['name', 'kind', 'shape', 'train', 'valid', 'test', 'classes'], rows)
      output.result(
        { datasets: datasets.map((dataset) => ({ ...datasetDocument(dataset), kind: dataset.kind })) },
        text,
      )
    }),
  )

const show = (childFolder: string) =>
  command('show', 'one dataset: counts, classes, hash, recipe')
    .argument('<name>', 'name or id')
    .action((name: string, options: CommonOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const dataset = await (await app()).datasets.get({ dataset: name })
        const text = `${datasetText(dataset)}\nhash ${dataset.hash}\nrecipe ${JSON.stringify(dataset.recipe)}`
        output.result({ ...dataset, dataset: dataset.id }, text)
      }),
    )

const moveToBin = (childFolder: string) =>
  command('delete', 'move a dataset to the bin')
    .argument('<name>', 'name or id')
    .action((name: string, options: CommonOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const dataset = await (await app()).datasets.moveToBin({ dataset: name })
        output.result(datasetDocument(dataset), `${dataset.name} is in the bin.`)
      }),
    )

const exportFile = (childFolder: string) =>
  command('export', 'write x_train, y_train, x_valid, ... to an .npz')
    .argument('<name>', 'name or id')
    .argument('<file>', 'file to write')
    .action((name: string, file: string, options: CommonOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        await checkOutput(file)
        const bytes = await (await app()).datasets.export({ dataset: name })
        await writeOutput(file, bytes)
        output.result({ file, bytes: bytes.byteLength }, `${file}: ${bytes.byteLength} bytes`)
      }),
    )

export const datasetsCommand = (childFolder: string): Command =>
  group('datasets', 'import, generate, list and export data')
    .addCommand(generateCommand(childFolder))
    .addCommand(importFiles(childFolder))
    .addCommand(list(childFolder))
    .addCommand(show(childFolder))
    .addCommand(moveToBin(childFolder))
    .addCommand(exportFile(childFolder))
