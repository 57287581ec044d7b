import type { Preset } from './preset'

/** New pairs each epoch (a fixed set is memorised), and all epochs: the relation is found late, after a plateau. */
const ofDots = {
  fresh: true,
  model: { kind: 'gae', factors: 400, mappings: 100, tied: false, objective: 'both', factorStd: 0.05 },
  preprocess: { contrast: true },
  corruption: { kind: 'mask', level: 0.3, on: 'both' },
  optimizer: { kind: 'adam', learningRate: 0.003, schedule: 'linear' },
  batchSize: 100,
  earlyStopping: null,
} as const satisfies Preset['spec']

const counts = { train: 20_000, valid: 1000, test: 1000 } as const

export const relationPresets: readonly Preset[] = [
  {
    name: 'shifts-gae',
    title: 'Shifted dots, gated auto-encoder',
    description:
      'Pairs of random dots and their circular shift, new ones each epoch; the mapping units learn the shift.',
    spec: { ...ofDots, epochs: 60 },
    data: { generator: 'shifts', options: { shape: [16, 16] }, ...counts },
  },
  {
    name: 'rotations-gae',
    title: 'Rotated dots, gated auto-encoder',
    description:
      'Pairs of random dots turned about the centre by any angle, new ones each epoch; the mapping units learn the angle.',
    spec: { ...ofDots, epochs: 40 },
    data: { generator: 'rotations', ...counts },
  },
]
