import type { Preset } from './preset'

/**
 * Shared by all presets of classifiers: contrast-normalised images, all epochs, and few of them on purpose: models trained
 * longer fit the images of other classes as well. Settings were chosen by the errors on other draws of the generators (digits: by
 * validation errors), never on the images that a preset is tested on.
 */
export const briefly = {
  preprocess: { contrast: true },
  optimizer: { kind: 'adam', learningRate: 0.001, schedule: 'linear' },
  batchSize: 20,
  earlyStopping: null,
  classifier: { finetune: 'scales' },
} as const satisfies Partial<Preset['spec']>
