import type { ModelSettings, RunSpec } from './schema'

const sizesOf = ({ kind, factors, mappings, hidden }: RunSpec['model'] & ModelSettings) => ({
  kind,
  factors,
  mappings,
  hidden,
})

/**
 * What decides how long an epoch takes: the model's size, the batch, the contraction, the classifier. Runs of one shape
 * on as many examples take as long as they have epochs.
 */
export const costShape = ({ model, batchSize, contraction, classifier }: RunSpec) => ({
  ...sizesOf(model),
  batchSize,
  contraction: contraction.weight === 0 ? null : contraction.estimate,
  finetune: classifier?.finetune ?? null,
  fineEpochs: classifier?.finetune === 'all' ? classifier.epochs : 0,
})
