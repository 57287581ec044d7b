import { briefly } from './briefly'
import type { Preset } from './preset'

export const digitPresets: readonly Preset[] = [
  {
    name: 'digits-mcae',
    title: 'Digits, mean-covariance auto-encoders',
    description: 'Ten mean-covariance auto-encoders, one per class, then all weights trained through their energies.',
    spec: {
      ...briefly,
      model: { kind: 'mcae', hidden: 100, factors: 100, mappings: 25, factorStd: 0.1 },
      corruption: { kind: 'mask', level: 0.5 },
      epochs: 20,
      classifier: {
        finetune: 'all',
        epochs: 25,
        batchSize: 100,
        learningRate: 0.0001,
        corruption: { kind: 'mask', level: 0.2 },
        earlyStopping: { patience: 25 },
      },
    },
    data: null,
  },
  {
    name: 'digits-ae',
    title: 'Digits, classical auto-encoders',
    description: 'Ten classical auto-encoders, one per class, then all weights trained through their energies.',
    spec: {
      ...briefly,
      model: { kind: 'ae', hidden: 100 },
      corruption: { kind: 'mask', level: 0.3 },
      epochs: 20,
      classifier: {
        finetune: 'all',
        epochs: 25,
        batchSize: 100,
        learningRate: 0.0001,
        corruption: { kind: 'mask', level: 0.2 },
        earlyStopping: { patience: 25 },
      },
    },
    data: null,
  },
]
