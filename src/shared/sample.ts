import type { StoredImage } from './scores'
import type { RunSummary } from './runs'

/** One image of a sample pair: by its SHA-256, with its pixels [height * width] in [0, 1]. */
export interface SampleImage {
  image: StoredImage
  shape: [number, number]
  pixels: Float32Array
}

export interface SamplePair {
  x: SampleImage
  y: SampleImage
}

/** Stands where the run of the sample model names its dataset. */
export const sampleOrigin = 'shifts (sample)'

/** The run of the sample model. */
export const isSample = (run: Pick<RunSummary, 'dataset'>): boolean => run.dataset === sampleOrigin
