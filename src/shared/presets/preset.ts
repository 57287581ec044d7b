import type { GeneratorName, GeneratorOptions } from '../generators'
import type { RunSpecInput } from '../spec/schema'

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
