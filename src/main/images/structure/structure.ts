/**
 * What an image file says about itself, read without decoding: a header may promise more pixels than there is memory,
 * and decoders fill up what a cut file lacks. A reader of it gives null, or runs into a RangeError, where the file ends
 * before the image does.
 */
export interface ImageStructure {
  /** As it is coded, before any turn by EXIF. */
  width: number
  height: number
  /** Frames of an animation, pages of a TIFF file. */
  frames: number
  /** Bytes of the image; null where its format does not say. */
  end: number | null
  /** How the first image is to be turned: 1 (as it is) to 8, as EXIF numbers them. */
  orientation: number
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
