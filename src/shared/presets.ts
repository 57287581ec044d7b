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

export const presets: readonly Preset[] = [
  {
    name: 'quick',
    title: 'RECT, mean-covariance auto-encoder (quick)',
    description: 'Tall or wide rectangles; one mean-covariance auto-encoder per class, compared by eq. 8.',
    spec: {
      model: { kind: 'mcae', hidden: 100, factors: 100, mappings: 25, factorStd: 0.1 },
      preprocess: { contrast: true },
      corruption: { kind: 'mask', level: 0.3 },
      optimizer: { kind: 'adam', learningRate: 0.001, schedule: 'linear' },
      epochs: 8,
      batchSize: 20,
      earlyStopping: null,
      classifier: { finetune: 'scales' },
    },
    data: { generator: 'rectangles', train: 1000, valid: 200, test: 10_000 },
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
