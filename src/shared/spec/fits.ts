import type { Dataset } from '../datasets'
import { kindsFor, takesPairs, type ModelKind } from '../kinds'
import { mostWhitened, type RunSpec } from './schema'

/** What a spec asks of a dataset. */
export type DatasetFacts = Pick<Dataset, 'name' | 'kind' | 'shape' | 'targetShape' | 'classes' | 'n' | 'recipe'>

export interface Misfit {
  /** Key of the spec that mends it. */
  path: string
  message: string
  remedy: string
}

/** How a kind fails to fit single images, or pairs. @param name of what has them */
export function wrongImages(kind: ModelKind, data: Dataset['kind'], name: string): Misfit | null {
  const [wanted, has] = takesPairs(kind) ? ['pairs', 'single images'] : ['single images', 'pairs']
  if (takesPairs(kind) === (data === 'pairs')) return null
  const remedy = `Choose ${wanted}, or model.kind ${kindsFor(takesPairs(kind) ? 'one' : 'pairs')}.`
  return { path: 'dataset', message: `${kind} trains on ${wanted}; ${name} has ${has}`, remedy }
}

/** How a spec and its dataset fail to fit; null where they fit. */
export function misfit(
  { model, classifier, earlyStopping, fresh, preprocess }: RunSpec,
  { kind, classes, n, name, recipe, shape, targetShape }: DatasetFacts,
): Misfit | null {
  const refuse = (path: string, message: string, remedy: string): Misfit => ({ path, message, remedy })
  const shapes = [shape, targetShape ?? shape]
  const wrong = wrongImages(model.kind, kind, name)
  if (wrong !== null) return wrong
  if ('tied' in model && model.tied && shape.join() !== shapes[1]?.join()) {
    const [x, y] = shapes.map((sides) => sides.join(' x '))
    const message = `tied factors need x and y of one shape; ${name} has ${x} and ${y}`
    return refuse('model.tied', message, 'Set model.tied to false.')
  }
  if (preprocess.whiten && shapes.some(([height, width]) => height * width > mostWhitened)) {
    const message = `whitening takes images of ${mostWhitened} pixels at most; ${name} has ${shape.join(' x ')}`
    const remedy = 'Set preprocess.whiten to false, or import the images smaller (40 x 40 at most).'
    return refuse('preprocess.whiten', message, remedy)
  }
  if (n.train === 0) return refuse('dataset', `${name} has no training examples`, 'Choose another dataset.')
  if (earlyStopping !== null && n.valid === 0) {
    return refuse('earlyStopping', `${name} has no validation examples`, 'Set earlyStopping to null.')
  }
  if (fresh && recipe.kind !== 'generated') {
    const message = `${name} was imported: nothing draws fresh examples of it`
    return refuse('fresh', message, 'Set fresh to false, or vary it: datasets generate.')
  }
  if (classifier !== undefined && (classes?.length ?? 0) < 2) {
    const message = `a classifier needs two classes; ${name} has ${classes?.length ?? 'none'}`
    return refuse('classifier', message, 'Leave classifier out, or choose a labelled dataset.')
  }
  return null
}
