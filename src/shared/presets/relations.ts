import type { Preset } from './preset'

export const relationPresets: readonly Preset[] = [
  {
    name: 'shifts-gae',
    title: 'Shifted dots, gated auto-encoder',
    description:
      'Pairs of random dots and their circular shift, new ones each epoch; the mapping units learn the shift.',
    spec: {
      fresh: true,
      model: { kind: 'gae', factors: 400, mappings: 100, tied: false, objective: 'both', factorStd: 0.05 },
      preprocess: { contrast: true },
      corruption: { kind: 'mask', level: 0.3, on: 'both' },
      optimizer: { kind: 'adam', learningRate: 0.003, schedule: 'linear' },
      epochs: 60,
      batchSize: 100,
      earlyStopping: null,
    },
    data: { generator: 'shifts', options: { shape: [16, 16] }, train: 20_000, valid: 1000, test: 1000 },
  },
  {
    name: 'rotations-gae',
    title: 'Rotated dots, gated auto-encoder',
    description:
      'Pairs of random dots turned about the centre by any angle, new ones each epoch; the mapping units learn the angle.',
    spec: {
      fresh: true,
      model: { kind: 'gae', factors: 400, mappings: 100, tied: false, objective: 'both', factorStd: 0.05 },
      preprocess: { contrast: true },
      corruption: { kind: 'mask', level: 0.3, on: 'both' },
      optimizer: { kind: 'adam', learningRate: 0.003, schedule: 'linear' },
      epochs: 40,
      batchSize: 100,
      earlyStopping: null,
    },
    data: { generator: 'rotations', train: 20_000, valid: 1000, test: 1000 },
  },
]
