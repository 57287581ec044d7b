import type { Dataset } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { mostWhitened, type RunSpec } from '../../shared/spec/schema'

const refused = (message: string, remedy: string) => new WorkbenchError('SPEC_DATASET', message, { remedy })

/**
 * A spec and its dataset must fit each other; found before anything is stored.
 * @throws WorkbenchError SPEC_DATASET
 */
export function checkSpec(spec: RunSpec, dataset: Dataset): void {
  const { kind } = spec.model
  const { name, n, classes } = dataset
  if (kind === 'gae' && dataset.kind !== 'pairs') {
    throw refused(`A gated auto-encoder trains on pairs; ${name} has single images`, 'Choose pairs, or model.kind cae.')
  }
  if (kind !== 'gae' && dataset.kind === 'pairs') {
    throw refused(
      `A model of kind ${kind} trains on single images; ${name} has pairs`,
      'Choose images, or model.kind gae.',
    )
  }
  if (kind === 'gae' && spec.model.tied && dataset.shape.join() !== (dataset.targetShape ?? dataset.shape).join()) {
    throw refused('Tied factors need x and y of one shape', 'Set model.tied to false.')
  }
  for (const [height, width] of [dataset.shape, dataset.targetShape ?? dataset.shape]) {
    if (!spec.preprocess.whiten || height * width <= mostWhitened) continue
    throw refused(
      `Whitening takes images of ${mostWhitened} pixels at most; ${name} has ${height} x ${width}`,
      'Set preprocess.whiten to false, or import the images smaller (40 x 40 at most).',
    )
  }
  if (n.train === 0) throw refused(`${name} has no training examples`, 'Choose another dataset.')
  if (spec.earlyStopping !== null && n.valid === 0) {
    throw refused(`earlyStopping needs validation examples; ${name} has none`, 'Set earlyStopping to null.')
  }
  if (spec.fresh && dataset.recipe.kind !== 'generated') {
    throw refused(
      `${name} was imported: nothing draws fresh examples of it`,
      'Set fresh to false, or vary it: datasets generate.',
    )
  }
  if (spec.fresh && spec.classifier !== undefined) {
    throw refused('Fresh examples are drawn for one model of all data', 'Set fresh to false, or leave classifier out.')
  }
  if (spec.classifier === undefined) return
  if (kind === 'gae')
    throw refused('Eq. 7 and 8 compare models of one image', 'Leave classifier out for model.kind gae.')
  if (classes === null || classes.length < 2) {
    throw refused(`A classifier needs two classes; ${name} has ${classes?.length ?? 'none'}`, 'Leave classifier out.')
  }
}
