import { finetuned } from './finetuned'
import type { Preset } from './preset'

const turned = 'Digits turned at random (datasets generate mnist-rot)'
const noisy = 'Digits before random pixels (datasets generate mnist-back-rand)'

/** Sets made of an imported set of digits: which one is its user's to say. */
export const variedDigitPresets: readonly Preset[] = [
  {
    name: 'mnist-rot-mcae',
    title: 'MNIST-ROT, mean-covariance auto-encoders',
    description: `${turned}: ten mean-covariance auto-encoders, then all weights by their energies.`,
    spec: {
      ...finetuned,
      model: { kind: 'mcae', visible: 'bernoulli', hidden: 300, factors: 50, mappings: 50 },
      corruption: { kind: 'mask', level: 0.3 },
      epochs: 50,
      classifier: { ...finetuned.classifier, epochs: 30, corruption: { kind: 'mask', level: 0.2 } },
    },
    data: null,
  },
  {
    name: 'mnist-rot-cae',
    title: 'MNIST-ROT, covariance auto-encoders',
    description: `${turned}: ten covariance auto-encoders, then all weights by their energies.`,
    spec: {
      ...finetuned,
      model: { kind: 'cae', factors: 200, mappings: 25, mappingInit: 'positive' },
      preprocess: { center: true },
      corruption: { kind: 'mask', level: 0.5 },
      optimizer: { kind: 'adam', learningRate: 0.002, schedule: 'linear', weightDecay: 0.001 },
      epochs: 20,
      classifier: { ...finetuned.classifier, epochs: 15, corruption: { kind: 'mask', level: 0.2 } },
    },
    data: null,
  },
  {
    name: 'mnist-rot-ae',
    title: 'MNIST-ROT, classical auto-encoders',
    description: `${turned}: ten classical auto-encoders, then all weights by their energies.`,
    spec: {
      ...finetuned,
      model: { kind: 'ae', visible: 'bernoulli', hidden: 200 },
      corruption: { kind: 'mask', level: 0.3 },
      epochs: 30,
      classifier: {
        ...finetuned.classifier,
        learningRate: 0.001,
        epochs: 35,
        corruption: { kind: 'gaussian', level: 0.3 },
      },
    },
    data: null,
  },
  {
    name: 'mnist-rand-mcae',
    title: 'MNIST-RAND, mean-covariance auto-encoders',
    description: `${noisy}: ten mean-covariance auto-encoders, scales on images kept from them, then all weights.`,
    spec: {
      ...finetuned,
      model: { kind: 'mcae', visible: 'bernoulli', hidden: 50, factors: 50, mappings: 50 },
      corruption: { kind: 'mask', level: 0.3 },
      optimizer: { kind: 'adam', learningRate: 0.0005, schedule: 'linear' },
      epochs: 10,
      classifier: { ...finetuned.classifier, holdout: 0.2, epochs: 35, corruption: { kind: 'gaussian', level: 0.2 } },
    },
    data: null,
  },
  {
    name: 'mnist-rand-cae',
    title: 'MNIST-RAND, covariance auto-encoders',
    description: `${noisy}: ten covariance auto-encoders, scales on images kept from them, then all weights.`,
    spec: {
      ...finetuned,
      model: { kind: 'cae', factors: 50, mappings: 25 },
      preprocess: { center: true },
      corruption: { kind: 'mask', level: 0.3 },
      optimizer: { kind: 'adam', learningRate: 0.001, schedule: 'linear', weightDecay: 0.001 },
      epochs: 10,
      classifier: { ...finetuned.classifier, holdout: 0.2, epochs: 15, corruption: { kind: 'mask', level: 0.2 } },
    },
    data: null,
  },
  {
    name: 'mnist-rand-ae',
    title: 'MNIST-RAND, classical auto-encoders',
    description: `${noisy}: ten classical auto-encoders, compared by eq. 7 with scales on images kept from them.`,
    spec: {
      ...finetuned,
      model: { kind: 'ae', hidden: 50 },
      preprocess: { center: true },
      corruption: { kind: 'mask', level: 0.3 },
      epochs: 20,
      classifier: { finetune: 'scales', holdout: 0.2 },
    },
    data: null,
  },
]
