import { finetuned } from './finetuned'
import type { Preset } from './preset'

/** The published sizes, but for the test images: 50,000 there. */
const convex = { generator: 'convex', train: 6000, valid: 2000, test: 10_000 } as const

export const convexPresets: readonly Preset[] = [
  {
    name: 'convex-mcae',
    title: 'CONVEX, mean-covariance auto-encoder',
    description:
      'Convex shapes or not; one mean-covariance auto-encoder per class, then all weights by their energies.',
    spec: {
      ...finetuned,
      model: { kind: 'mcae', visible: 'bernoulli', hidden: 200, factors: 100, mappings: 50, mappingInit: 'negative' },
      corruption: { kind: 'mask', level: 0.3 },
      optimizer: { kind: 'adam', learningRate: 0.002, schedule: 'linear' },
      epochs: 20,
      classifier: { ...finetuned.classifier, epochs: 24, corruption: { kind: 'mask', level: 0.02 } },
    },
    data: convex,
  },
  {
    name: 'convex-cae',
    title: 'CONVEX, covariance auto-encoder',
    description: 'Convex shapes or not; one covariance auto-encoder per class, then all weights by their energies.',
    spec: {
      ...finetuned,
      model: { kind: 'cae', factors: 200, mappings: 100 },
      corruption: { kind: 'mask', level: 0.1 },
      optimizer: { kind: 'adam', learningRate: 0.001, schedule: 'linear', weightDecay: 0.001 },
      epochs: 20,
      batchSize: 50,
      classifier: { ...finetuned.classifier, epochs: 30, corruption: { kind: 'mask', level: 0.03 } },
    },
    data: convex,
  },
  {
    name: 'convex-ae',
    title: 'CONVEX, classical auto-encoder',
    description: 'Convex shapes or not; one classical auto-encoder per class, then all weights by their energies.',
    spec: {
      ...finetuned,
      model: { kind: 'ae', visible: 'bernoulli', hidden: 50 },
      corruption: { kind: 'mask', level: 0.1 },
      optimizer: { kind: 'adam', learningRate: 0.0005, schedule: 'linear' },
      epochs: 10,
      classifier: { ...finetuned.classifier, epochs: 25, corruption: { kind: 'mask', level: 0.05 } },
    },
    data: convex,
  },
]
