import { splitNames, type GenerateRequest, type GeneratorName, type SplitName } from '../../shared/datasets'
import type { NewDataset } from '../store/datasets'
import { writeDatasetFile, type DatasetContent, type SplitContent } from './datasetFile'
import type { Generator } from './generators/generator'
import { rectangles } from './generators/rectangles'
import { shifts } from './generators/shifts'
import { Random } from './random'
import { eachInSlices, type Work } from './work'

const generators: Record<GeneratorName, Generator> = { rectangles, shifts }

/**
 * Draws a dataset and writes its file into the folder. Every split has a random stream of its own: the first n examples
 * of a split depend on the seed alone, whatever the counts.
 * @returns the row's fields; `name` is the generator's where none is said
 */
export async function generateDataset(request: GenerateRequest, folder: string, work: Work = {}): Promise<NewDataset> {
  const { generator: generatorName, seed } = request
  const generator = generators[generatorName]
  const counts = { ...generator.counts }
  for (const split of splitNames) counts[split] = request[split] ?? counts[split]
  const splits = await drawSplits(generator, counts, seed, work)
  const { kind, shape, targetShape, classes, options } = generator
  const file = await writeDatasetFile(folder, { kind, shape, targetShape, classes, splits }, work.signal)
  return {
    name: request.name ?? generatorName,
    kind,
    shape,
    targetShape,
    classes,
    n: counts,
    hash: file.sha256,
    bytes: file.bytes,
    recipe: { kind: 'generated', generator: generatorName, seed, counts, options },
  }
}

async function drawSplits(
  generator: Generator,
  counts: Record<SplitName, number>,
  seed: number,
  work: Work,
): Promise<DatasetContent['splits']> {
  const total = splitNames.reduce((sum, split) => sum + counts[split], 0)
  const splits: Partial<DatasetContent['splits']> = {}
  let before = 0
  for (const [stream, split] of splitNames.entries()) {
    const part = [before / total, (before + counts[split]) / total] as const
    splits[split] = await drawSplit(generator, counts[split], new Random(seed, stream), work, part)
    before += counts[split]
  }
  return splits as DatasetContent['splits']
}

async function drawSplit(
  { kind, shape, classes, draw }: Generator,
  n: number,
  random: Random,
  work: Work,
  part: readonly [number, number],
): Promise<SplitContent> {
  const width = shape[0] * shape[1]
  const x = new Uint8Array(n * width)
  const y = kind === 'pairs' ? new Uint8Array(n * width) : null
  const labels = classes === null ? null : new Int32Array(n)
  const draws = (index: number): void => {
    const rows = [index * width, (index + 1) * width] as const
    const label = draw(random, x.subarray(...rows), y?.subarray(...rows) ?? null)
    if (labels !== null) labels[index] = label
  }
  await eachInSlices(n, draws, work, part)
  return { x, y, labels }
}
