import type { PreprocessSpec } from '../../shared/spec/schema'
import type { Breathe } from '../models/batchedGraph'
import { selectExamples, type Examples } from '../models/examples'
import { checkPixelRange } from '../models/pixelRange'
import { preprocess } from '../models/preprocess'
import type { Learned } from './learnedArrays'
import type { SavedModel } from './savedModel'

/** Pixels of x and y, and what preprocessing learned of the training images. */
type OfImages = Pick<SavedModel['description'], 'inputs' | 'targets'> & Learned

/** Examples as the model sees them; new arrays. */
export async function prepared(
  examples: Examples,
  rows: ArrayLike<number> | null,
  { inputs, targets, centre, whitening }: OfImages,
  spec: PreprocessSpec,
  breathe?: Breathe,
): Promise<Examples> {
  if (spec.whiten && whitening === null) throw new TypeError('a spec that whitens comes with its whitening')
  const { n, x, y } = rows === null ? examples : selectExamples(examples, rows)
  const learned = (slot: 'x' | 'y') => ({ centre: centre?.[slot] ?? null, whitening: whitening?.[slot] ?? null })
  return {
    n,
    x: await preprocess(spec, x, inputs, learned('x'), breathe),
    y: y === null || targets === null ? null : await preprocess(spec, y, targets, learned('y'), breathe),
  }
}

/** Examples after the preprocessing that the model was trained with. @throws PIXELS_RANGE */
export async function asSeen(
  { description, preprocess: spec, centre, whitening }: SavedModel,
  examples: Examples,
  breathe?: Breathe,
): Promise<Examples> {
  checkPixelRange(description.visible, { x: examples.x, y: examples.y }, null)
  return prepared(examples, null, { ...description, centre, whitening }, spec, breathe)
}

/** Examples that are given as the model sees them. @throws PIXELS_RANGE */
export function preparedExamples({ description }: Pick<SavedModel, 'description'>, examples: Examples): Examples {
  checkPixelRange(description.visible, { x: examples.x, y: examples.y }, null)
  return examples
}
