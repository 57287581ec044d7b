import type { Preset } from './preset'

/**
 * Shared by presets that train all weights of the classifier through their energies after each class's model has been
 * trained by itself: as many epochs as said, of which the best on the validation data is kept.
 */
export const finetuned = {
  optimizer: { kind: 'adam', learningRate: 0.001, schedule: 'linear' },
  batchSize: 20,
  earlyStopping: null,
  classifier: {
    finetune: 'all',
    batchSize: 100,
    learningRate: 0.0003,
    schedule: 'linear',
    earlyStopping: { patience: 1000 },
  },
} as const satisfies Partial<Preset['spec']>
