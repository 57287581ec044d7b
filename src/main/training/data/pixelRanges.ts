import type { PixelRange, PixelRanges } from '../../../shared/model'
import type { CorruptionSpec, RunSpec } from '../../../shared/spec/schema'
import { type TrainingData } from './trainingData'
import { prepared } from '../../saved/seen'

function rangeOf(images: Float32Array): PixelRange {
  let [low, high] = [Infinity, -Infinity]
  for (const value of images) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return { low, high }
}

/**
 * Smallest and largest pixel of the whole training set (of all classes) as the models see it; null where the corruption
 * does not ask for them.
 */
export async function pixelRanges(
  data: TrainingData,
  { preprocess: spec }: Pick<RunSpec, 'preprocess'>,
  { kind }: Pick<CorruptionSpec, 'kind'>,
): Promise<PixelRanges | null> {
  if (kind !== 'salt-and-pepper') return null
  const { x, y } = await prepared(data.train, null, data, spec)
  return { x: rangeOf(x), y: y === null ? null : rangeOf(y) }
}
