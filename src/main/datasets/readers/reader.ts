import type { NumericArray } from '../npy'
import type { InputFile } from './inputFile'

/**
 * What a file holds: x [N, D] or [N, H, W]; y [N] (labels) or like x (pairs). A file of labels alone holds y. The arrays
 * are whole and agree with what the file promised; what they mean is checked by whoever asked.
 */
export interface FileArrays {
  x: NumericArray | null
  y: NumericArray | null
}

/** One file format, known by its first bytes. */
export interface Reader {
  /** As users call it. */
  format: string
  matches(head: Uint8Array): boolean
  read(file: InputFile, signal?: AbortSignal): Promise<FileArrays>
}
