import { briefly } from './briefly'
import type { Preset } from './preset'

/** Few images of each digit: fine-tuning goes slowly, and keeps its best epoch. */
const ofDigits = {
  ...briefly,
  epochs: 20,
  classifier: {
    finetune: 'all',
    epochs: 25,
    batchSize: 100,
    learningRate: 0.0001,
    corruption: { kind: 'mask', level: 0.2 },
    earlyStopping: { patience: 25 },
  },
} as const satisfies Partial<Preset['spec']>

export const digitPresets: readonly Preset[] = [
  {
    name: 'digits-mcae',
    title: 'Digits, mean-covariance auto-encoders',
    description: 'Ten mean-covariance auto-encoders, one per class, then all weights trained through their energies.',
    spec: {
      ...ofDigits,
      model: { kind: 'mcae', hidden: 100, factors: 100, mappings: 25, factorStd: 0.1 },
      corruption: { kind: 'mask', level: 0.5 },
    },
    data: null,
  },
  {
    name: 'digits-ae',
    title: 'Digits, classical auto-encoders',
    description: 'Ten classical auto-encoders, one per class, then all weights trained through their energies.',
    spec: {
      ...ofDigits,
      model: { kind: 'ae', hidden: 100 },
      corruption: { kind: 'mask', level: 0.3 },
    },
    data: null,
  },
]
