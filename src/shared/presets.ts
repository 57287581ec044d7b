import { WorkbenchError } from './errors'
import type { GeneratorName, GeneratorOptions } from './generators'
import type { RunSpecInput } from './spec'

export interface Preset {
  /** Stable name for `--preset` and links. */
  name: string
  title: string
  description: string
  /** `dataset` is filled with the generated or chosen dataset's name. */
  spec: Omit<RunSpecInput, 'dataset'>
  /** The data it makes for itself; null: an imported set with ten classes is chosen. */
  data: { generator: GeneratorName; options?: GeneratorOptions; train: number; valid: number; test: number } | null
}

/**
 * Shared by all presets of classifiers: contrast-normalised images, all epochs, and few of them on purpose: models trained
 * longer fit the images of other classes as well. Settings were chosen by the errors on other draws of the generators (digits: by
 * validation errors), never on the images that a preset is tested on.
 */
const briefly = {
  preprocess: { contrast: true },
  optimizer: { kind: 'adam', learningRate: 0.001, schedule: 'linear' },
  batchSize: 20,
  earlyStopping: null,
  classifier: { finetune: 'scales' },
} as const satisfies Partial<Preset['spec']>

/** The published sizes, but for the test images: 50,000 there. */
const rectangles = { generator: 'rectangles', train: 1000, valid: 200, test: 10_000 } as const

export const presets: readonly Preset[] = [
  {
    name: 'quick',
    title: 'RECT, mean-covariance auto-encoder (quick)',
    description: 'Tall or wide rectangles; one small mean-covariance auto-encoder per class, compared by eq. 8.',
    spec: {
      ...briefly,
      model: { kind: 'mcae', hidden: 100, factors: 100, mappings: 25, factorStd: 0.1 },
      corruption: { kind: 'mask', level: 0.3 },
      epochs: 8,
    },
    data: rectangles,
  },
  {
    name: 'rect-mcae',
    title: 'RECT, mean-covariance auto-encoder',
    description: 'Tall or wide rectangles; one mean-covariance auto-encoder per class, compared by eq. 8.',
    spec: {
      ...briefly,
      model: { kind: 'mcae', hidden: 200, factors: 100, mappings: 25, factorStd: 0.1 },
      corruption: { kind: 'mask', level: 0.5 },
      epochs: 12,
    },
    data: rectangles,
  },
  {
    name: 'rect-cae',
    title: 'RECT, covariance auto-encoder',
    description: 'Tall or wide rectangles; one covariance auto-encoder per class, compared by eq. 7.',
    spec: {
      ...briefly,
      model: { kind: 'cae', factors: 100, mappings: 25, factorStd: 0.1 },
      corruption: { kind: 'mask', level: 0.3 },
      epochs: 12,
    },
    data: rectangles,
  },
  {
    name: 'rect-ae',
    title: 'RECT, classical auto-encoder',
    description: 'Tall or wide rectangles; one classical auto-encoder per class, compared by its energy.',
    spec: {
      ...briefly,
      model: { kind: 'ae', hidden: 200 },
      corruption: { kind: 'mask', level: 0.5 },
      epochs: 12,
    },
    data: rectangles,
  },
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

/** @throws WorkbenchError PRESET_UNKNOWN */
export function findPreset(name: string): Preset {
  const preset = presets.find((one) => one.name === name)
  if (preset !== undefined) return preset
  throw new WorkbenchError('PRESET_UNKNOWN', `There is no preset "${name}"`, {
    remedy: `Known: ${presets.map((one) => one.name).join(', ')}.`,
  })
}
