import type { ImageShape, SplitName } from '../../../shared/datasets'
import type { MeaningOptions, Skipped } from '../../../shared/importing'
import type { FileArray } from '../numberTypes'
import type { FixedScale } from '../scale'
import type { Work } from '../work'
import type { InputFile } from './inputFile'

/** Some rows of an array; `shape` is that of one row, without the number of rows. */
export interface PixelBlock {
  shape: readonly number[]
  data: FileArray['data']
  /** Decoded images: bytes mean value/255, floats are in [0,1]. */
  brightness?: boolean
  /** Of decoded images: what their file has for white; 255 where nothing is said. */
  white?: number
}

/** Where a reader puts what it finds, row by row, in the order of the file. */
export interface RowSink {
  /** x, or partners y. @throws what makes the numbers no pixels */
  pixels(array: 'x' | 'y', block: PixelBlock): Promise<void>
  labels(values: ArrayLike<number>): void
  /** A label as a text: a whole number or a name. @param code of the error for what is neither */
  labelText(text: string, code: string, where: () => string): void
}

/** A file may hold splits of its own. */
export interface PartSink {
  /** @param split null where the file says nothing of splits */
  part(split: SplitName | null): RowSink
}

export interface ReadOptions {
  /** all: what the file has; images: its labels come in another file; labels: it has labels alone. */
  role: 'all' | 'images' | 'labels'
  /** Height and width of flat rows, where they are said. */
  shape: ImageShape | undefined
  meaning: MeaningOptions
}

/** How a file was understood. */
export interface ReadFacts {
  /** For the recipe: its header, which column was the label. */
  recipe: Record<string, unknown>
  /** Where its labels stood; null where it has none. */
  labelsFrom: string | null
  /** Said by the format itself. */
  scale: FixedScale
  /** Names that number labels count, and shapes of flat rows: said by the file itself. */
  classNames: string[] | null
  shapes: { x: ImageShape; y: ImageShape | null } | null
  skipped: Skipped[]
  notices: string[]
  /** Its name is that of a published set whose images lie on their sides. */
  mayBeTurned: boolean
  /** Names of the images, in their order; null where they have none. */
  names: string[] | null
  /** What each label belongs to, by name; null where labels come in the order of the examples. */
  labelledNames: string[] | null
}

/** Facts of a file of which nothing needs to be said. */
export const factsOf = (known: Partial<ReadFacts>): ReadFacts => ({
  recipe: {},
  labelsFrom: null,
  scale: null,
  classNames: null,
  shapes: null,
  skipped: [],
  notices: [],
  mayBeTurned: false,
  names: null,
  labelledNames: null,
  ...known,
})

/**
 * One file format, known by its first bytes. A reader goes through the file once, gives all rows of x [N, D] or
 * [N, H, W], and either labels [N] or partners y; a file of labels alone has those only. It throws where the file does
 * not agree with what it promises: what it gave before counts for nothing then.
 */
export interface Reader {
  /** As users call it. */
  format: string
  /** @param head the file's first bytes, `headBytes` where it has as many */
  matches(head: Uint8Array, name: string): boolean
  read(file: InputFile, sink: PartSink, work: Work, options: ReadOptions): Promise<ReadFacts>
}

/** Bytes that a reader sees to recognise its format. */
export const headBytes = 64 * 1024
