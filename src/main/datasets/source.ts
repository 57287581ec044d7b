import type { ImageShape, SplitName } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { openDatasetFile, type Pixels } from './datasetFile'

/** Images of one split of a source. */
export interface SourceImages {
  n: number
  labels: Int32Array | null
  /** Writes image `index` into `into`, bytes 0..255. @throws SOURCE_RANGE */
  copy(index: number, into: Uint8Array): void
}

/** A dataset whose images a generator varies. Each of its splits feeds the same split alone: no image is on both sides. */
export interface Source {
  shape: ImageShape
  classes: string[] | null
  /** @throws SOURCE_EMPTY */
  images(split: SplitName): Promise<SourceImages>
}

/**
 * @param name in errors
 * @throws SOURCE_PAIRS and what opening a dataset file throws
 */
export async function openSource(path: string, name: string): Promise<Source> {
  const file = await openDatasetFile(path)
  const { kind, shape, classes } = file.info
  if (kind === 'pairs') {
    throw refuse('SOURCE_PAIRS', name, 'It has pairs; single images are varied', 'Choose a dataset of images.')
  }
  return {
    shape,
    classes,
    images: async (split) => {
      const [pixels, labels] = [await file.pixels(split), await file.labels(split)]
      if (pixels.length === 0) {
        const remedy = `Ask for no ${split} examples, or import the source with such a split.`
        throw refuse('SOURCE_EMPTY', name, `Its ${split} split has no images to vary`, remedy)
      }
      const width = shape[0] * shape[1]
      return { n: pixels.length / width, labels, copy: copier(pixels, width, name) }
    },
  }
}

function copier(pixels: Pixels, width: number, name: string): SourceImages['copy'] {
  if (pixels instanceof Uint8Array) {
    return (index, into) => into.set(pixels.subarray(index * width, (index + 1) * width))
  }
  return (index, into) => {
    for (let pixel = 0; pixel < width; pixel++) {
      const value = pixels[index * width + pixel]
      if (!(value >= 0 && value <= 1)) throw outside(name, value)
      into[pixel] = Math.round(value * 255)
    }
  }
}

const outside = (name: string, value: number): WorkbenchError =>
  refuse('SOURCE_RANGE', name, `A pixel is ${value}; images from 0 to 1 are varied`, 'Import it without rescaling it.')

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })
