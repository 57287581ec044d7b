import type { Command } from 'commander'
import { WorkbenchError } from '../../shared/errors'
import type { RunScorer } from '../workbench/pairs'
import { command, integer, perform, type CommonOptions } from './command'
import { imageAt, writeInto } from './imageFile'
import { table } from './output'

interface ApplyOptions extends CommonOptions {
  run: string
  x: string
  y: string
  to: string[]
  truth?: string[]
  steps: number
  restoreContrast?: boolean
  class?: number
  out?: string
}

/** Images for one slot at the size of the model's input. */
async function imagesOf(scorer: RunScorer, paths: readonly string[], slot: 'x' | 'y'): Promise<Float32Array[]> {
  const images: Float32Array[] = []
  for (const path of paths) {
    const image = await imageAt(path)
    const { x, y } = await scorer.view(image, image)
    images.push(slot === 'x' ? x : (y ?? x))
  }
  return images
}

const rowsOf = (data: Float32Array, count: number): Float32Array[] => {
  const width = data.length / count
  return Array.from({ length: count }, (_, row) => data.subarray(row * width, (row + 1) * width))
}

export const applyCommand = (childFolder: string): Command =>
  command('apply', 'infers the mapping from a pair and applies it to other images')
    .requiredOption('--run <run>', 'id, unique prefix of one, or unique name of a gae')
    .requiredOption('--x <image>', 'image x of the pair')
    .requiredOption('--y <image>', 'image y of the pair')
    .requiredOption('--to <images...>', 'images to transform')
    .option('--truth <images...>', 'what each of them should become, for the correlation')
    .option('--steps <n>', 'how often the mapping is applied', integer('--steps'), 1)
    .option('--restore-contrast', "before the next step a frame gets back the first image's mean and contrast")
    .option('--class <i>', "one class's model of a classifier (default 0)", integer('--class'))
    .option('--out <dir>', 'folder for film.png: one row an image')
    .action((options: ApplyOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const { pairs, transformations } = await app()
        const modelClass = options.class ?? null
        const scorer = await pairs.scorer(options.run, modelClass)
        const [x] = await imagesOf(scorer, [options.x], 'x')
        const [y] = await imagesOf(scorer, [options.y], 'y')
        const answer = await transformations.transform({
          run: scorer.run.id,
          class: modelClass,
          x,
          y,
          to: await imagesOf(scorer, options.to, 'x'),
          truth: options.truth === undefined ? null : await imagesOf(scorer, options.truth, 'y'),
          steps: options.steps,
          restoreContrast: options.restoreContrast ?? false,
        })
        const results = answer.strips.map(({ frames, correlation }, index) => ({
          to: options.to[index],
          frames: rowsOf(frames, options.steps),
          correlation,
        }))
        const files: string[] = []
        if (options.out !== undefined) {
          if (answer.shape === null) throw noShape(y.length)
          const { filmStrip } = await import('../images/filmStrip')
          const strips = answer.strips.map(({ to }, index) => [
            ...(to.length === y.length ? [to] : []),
            ...results[index].frames,
          ])
          files.push(...(await writeInto(options.out, { 'film.png': filmStrip(strips, answer.shape).png })))
        }
        const document = {
          run: scorer.run.id,
          name: scorer.run.name,
          class: answer.class,
          steps: options.steps,
          mapping: [...answer.mapping],
          results: results.map((one) => ({ ...one, frames: one.frames.map((frame) => [...frame]) })),
          ...(files.length === 0 ? {} : { files }),
        }
        const rows = results.map(({ to, correlation }) => [to, correlation === null ? '--' : correlation.toFixed(3)])
        output.result(document, [table(['image', 'correlation'], rows), ...files].join('\n'))
      }),
    )

const noShape = (pixels: number): WorkbenchError =>
  new WorkbenchError('NO_IMAGE_SHAPE', `${pixels} pixels of an imported model are no square`, {
    where: '--out',
    remedy: 'Leave --out away and take the numbers of --json.',
  })
