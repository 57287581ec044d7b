import type { GeneratedPreview, GenerateRequest } from '../../shared/generators'
import { drawSplit } from './drawSplit'
import type { SourceDataset } from './generateDataset'
import { completeOptions, makeGenerator } from './generators/makeGenerator'
import { Random } from './random'
import { openSource } from './source'

const previewed = 8

/** The first training examples of what `generateDataset` would make. */
export async function previewGenerated(
  request: GenerateRequest,
  source: SourceDataset | null,
): Promise<GeneratedPreview> {
  const options = completeOptions(request.generator, request.options ?? {}, source !== null)
  const opened = source === null ? null : await openSource(source.path, source.name)
  const generator = makeGenerator(request.generator, options, opened)
  const { x, y, labels } = await drawSplit(generator, 'train', previewed, new Random(request.seed, 0), {})
  const { kind, shape, targetShape, classes } = generator
  return { kind, n: previewed, shape, targetShape, classes, x, y, labels }
}
