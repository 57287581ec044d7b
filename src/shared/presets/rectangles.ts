import { briefly } from './briefly'
import type { Preset } from './preset'

/** The published sizes, but for the test images: 50,000 there. */
const rectangles = { generator: 'rectangles', train: 1000, valid: 200, test: 10_000 } as const

export const rectanglePresets: readonly Preset[] = [
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
    // Of so small a model the evaluation would be most of the time.
    data: { ...rectangles, test: 2000 },
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
]
