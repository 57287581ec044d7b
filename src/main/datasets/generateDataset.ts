import { splitNames, type SplitName } from '../../shared/datasets'
import { generatorFacts, type GenerateRequest } from '../../shared/generators'
import type { NewDataset } from '../store/datasets'
import { writeDatasetFile, type DatasetContent } from './datasetFile'
import { drawSplit } from './drawSplit'
import type { Generator } from './generators/generator'
import { completeOptions, makeGenerator } from './generators/makeGenerator'
import { Random } from './random'
import { openSource } from './source'
import type { Work } from './work'

/** The dataset whose images are varied. */
export interface SourceDataset {
  name: string
  hash: string
  path: string
}

/**
 * Draws a dataset and writes its file into the folder. Every split has a random stream of its own: the first n examples
 * of a split depend on the seed (and the source's split) alone, whatever the counts.
 * @param source of a request that names one
 * @returns the row's fields; `name` is the generator's where none is said
 * @throws what opening a source throws
 */
export async function generateDataset(
  request: GenerateRequest,
  source: SourceDataset | null,
  folder: string,
  work: Work = {},
): Promise<NewDataset> {
  const { generator: name, seed } = request
  const options = completeOptions(name, request.options ?? {}, source !== null)
  const generator = makeGenerator(name, options, source === null ? null : await openSource(source.path, source.name))
  const counts = { ...generatorFacts[name].counts }
  for (const split of splitNames) counts[split] = request[split] ?? counts[split]
  const splits = await drawSplits(generator, counts, seed, work)
  const { kind, shape, targetShape, classes } = generator
  const content = { kind, shape, targetShape, classes, splits }
  const file = await writeDatasetFile(folder, content, work.signal)
  return {
    name: request.name ?? name,
    kind,
    shape,
    targetShape,
    classes,
    n: counts,
    hash: file.sha256,
    bytes: file.bytes,
    recipe: {
      kind: 'generated',
      generator: name,
      seed,
      counts,
      options,
      source: source === null ? null : { name: source.name, hash: source.hash },
    },
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
    splits[split] = await drawSplit(generator, split, counts[split], new Random(seed, stream), work, part)
    before += counts[split]
  }
  return splits as DatasetContent['splits']
}
