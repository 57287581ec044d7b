import { WorkbenchError } from './errors'
import type { GeneratorName } from './datasets'
import type { RunSpecInput } from './spec'

export interface Preset {
  /** Stable name for `--preset` and links. */
  name: string
  title: string
  description: string
  /** `dataset` is filled with the generated or chosen dataset's name. */
  spec: Omit<RunSpecInput, 'dataset'>
  /** The data it makes for itself; null: an imported set with ten classes is chosen. */
  data: { generator: GeneratorName; train: number; valid: number; test: number } | null
}

/** One mean-covariance auto-encoder a class on contrast-normalised images; trained briefly on purpose: more epochs hurt. */
const contrastMcae = {
  model: { kind: 'mcae', hidden: 100, factors: 100, mappings: 25, factorStd: 0.1 },
  preprocess: { contrast: true },
  corruption: { kind: 'mask', level: 0.3 },
  optimizer: { kind: 'adam', learningRate: 0.001, schedule: 'linear' },
  epochs: 8,
  batchSize: 20,
  earlyStopping: null,
  classifier: { finetune: 'scales', energy: 'diagonal' },
} as const satisfies Preset['spec']

const rectangles = { generator: 'rectangles', train: 1000, valid: 200, test: 10_000 } as const

export const presets: readonly Preset[] = [
  {
    name: 'quick',
    title: 'RECT, mean-covariance auto-encoder (quick)',
    description: 'Tall or wide rectangles; one mean-covariance auto-encoder per class, compared by eq. 8.',
    spec: contrastMcae,
    data: rectangles,
  },
  {
    name: 'digits-mcae',
    title: 'Digits, mean-covariance auto-encoders',
    description: 'Ten mean-covariance auto-encoders, one per class, then all weights trained through their energies.',
    spec: {
      ...contrastMcae,
      epochs: 10,
      classifier: {
        finetune: 'all',
        epochs: 15,
        batchSize: 100,
        learningRate: 0.0003,
        corruption: { kind: 'mask', level: 0.2 },
        earlyStopping: { patience: 15 },
      },
    },
    data: null,
  },
  {
    name: 'shifts-gae',
    title: 'Shifted dots, gated auto-encoder',
    description: 'Pairs of random dots and their circular shift; the mapping units learn the shift.',
    spec: {
      model: {
        kind: 'gae',
        factors: 300,
        mappings: 100,
        tied: false,
        objective: 'both',
        factorStd: 0.05,
      },
      preprocess: { contrast: true },
      corruption: { kind: 'mask', level: 0.3, on: 'both' },
      optimizer: { kind: 'adam', learningRate: 0.003, schedule: 'linear' },
      epochs: 40,
      batchSize: 100,
      earlyStopping: null,
    },
    data: { generator: 'shifts', train: 40_000, valid: 1000, test: 1000 },
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
