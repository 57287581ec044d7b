import type { FileArray } from '../numberTypes'
import type { Work } from '../work'
import type { InputFile } from './inputFile'

/** Some rows of an array; `shape` is that of one row, without the number of rows. */
export interface PixelBlock extends FileArray {
  /** Decoded images: bytes mean value/255, floats are in [0,1]. */
  brightness?: boolean
}

/** Where a reader puts what it finds, row by row, in the order of the file. */
export interface RowSink {
  /** x, or partners y. @throws what makes the numbers no pixels */
  pixels(array: 'x' | 'y', block: PixelBlock): Promise<void>
  labels(values: ArrayLike<number>): void
}

export interface ReadOptions {
  /** Labels come in another file: this one holds none. */
  labelsApart: boolean
}

/** How a file was understood, for the recipe: its header, which column was the label. */
export type ReadFacts = Record<string, unknown>

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
  read(file: InputFile, sink: RowSink, work: Work, options: ReadOptions): Promise<ReadFacts>
}

/** Bytes that a reader sees to recognise its format. */
export const headBytes = 64 * 1024
