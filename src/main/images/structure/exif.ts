import { tiffDirectories } from './directories'

export const orientationTag = 274
/** What stands before the block in JPEG files, and in some WebP files. */
const head = 'Exif\0\0'

/** How an image is to be turned: 1 (as it is) to 8; 1 where the block is damaged or does not say. */
export function exifOrientation(block: Uint8Array): number {
  const text = String.fromCharCode(...block.subarray(0, head.length))
  try {
    const [directory] = tiffDirectories(text === head ? block.subarray(head.length) : block)
    return validOrientation(directory?.numbers(orientationTag))
  } catch (error) {
    if (error instanceof RangeError) return 1
    throw error
  }
}

/** @param numbers of the tag */
export function validOrientation(numbers: readonly number[] | null | undefined): number {
  const [orientation = 1] = numbers ?? []
  return orientation >= 1 && orientation <= 8 ? orientation : 1
}
