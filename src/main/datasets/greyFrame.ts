import type { GreyFrame } from '../../shared/greyFrame'

/**
 * All images of a file, a stack's one after the other.
 * @param name names the file in errors
 * @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE, SHAPE_TOO_LARGE
 */
export type GreyFrames = (
  name: string,
  bytes: Uint8Array,
  options: { signal?: AbortSignal | undefined },
) => AsyncIterable<GreyFrame>
