import type { GeneratorName } from '../../../../shared/datasets'
import type { SplitCounts } from './splitCounts'

/** What each generator makes, and how many by default. */
export const generators: Record<GeneratorName, { text: string; counts: SplitCounts }> = {
  rectangles: {
    text: 'White outlines of rectangles on black, 28x28; two classes: tall and wide.',
    counts: { train: 1000, valid: 200, test: 10_000 },
  },
  shifts: {
    text: 'Pairs of 13x13 random dots; y is x shifted by up to 3 pixels each way, circular.',
    counts: { train: 20_000, valid: 1000, test: 1000 },
  },
}
