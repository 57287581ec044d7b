import { tiffDirectories } from './directories'
import { orientationTag, validOrientation } from './exif'
import type { ImageStructure } from './structure'

export const sizeTags = { width: 256, height: 257 }
const kindTag = 254
/** Bits of tag 254: a smaller version of another page, a mask of one. */
const reduced = 1
const mask = 4

/** Pages of their own, without previews and masks of others. @throws RangeError */
export function tiffPages(bytes: Uint8Array) {
  const all = [...tiffDirectories(bytes)]
  const pages = all.filter((directory) => ((directory.numbers(kindTag)?.[0] ?? 0) & (reduced | mask)) === 0)
  return pages.length > 0 ? pages : all.slice(0, 1)
}

export function readTiff(bytes: Uint8Array): ImageStructure | null {
  const pages = tiffPages(bytes)
  const sizes = pages.map((page) => [page.numbers(sizeTags.width)?.[0], page.numbers(sizeTags.height)?.[0]])
  const [[width, height] = []] = sizes
  if (width === undefined || height === undefined || sizes.some((size) => size.includes(undefined))) return null
  return {
    width,
    height,
    frames: pages.length,
    end: null,
    orientation: validOrientation(pages[0]?.numbers(orientationTag)),
  }
}
