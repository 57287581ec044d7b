import type { TiffDirectory } from '../structure/directories'
import { orientationTag, validOrientation } from '../structure/exif'
import { sizeTags } from '../structure/tiff'

/** What an image of a TIFF file cannot be read for, in words; the caller knows the file. */
export class TiffRefusal extends Error {}

const tags = {
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planes: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  extra: 338,
  format: 339,
  jpegTables: 347,
}

/** A page's tags, with the defaults of TIFF 6.0. */
export interface TiffPage {
  little: boolean
  width: number
  height: number
  orientation: number
  /** Samples of a pixel, bits of each, and what they are: 1 unsigned, 2 signed, 3 floats. */
  samples: number
  bits: number
  format: number
  photometric: number
  compression: number
  predictor: number
  /** Samples lie in planes of their own. */
  planar: boolean
  extra: readonly number[] | null
  palette: readonly number[] | null
  jpegTables: Uint8Array | null
  blocks: { width: number; height: number; offsets: readonly number[]; bytes: readonly number[]; tiled: boolean }
}

/** @throws TiffRefusal, RangeError */
export function readPage(directory: TiffDirectory): TiffPage {
  const first = (tag: number, standard: number) => directory.numbers(tag)?.[0] ?? standard
  const [width, height] = [first(sizeTags.width, 0), first(sizeTags.height, 0)]
  const samples = first(tags.samples, 1)
  const bits = alike(directory.numbers(tags.bits) ?? [1], 'bits')
  if (first(tags.fillOrder, 1) !== 1) throw new TiffRefusal('Its bits lie in reverse order')
  return {
    little: directory.little,
    width,
    height,
    orientation: validOrientation(directory.numbers(orientationTag)),
    samples,
    bits,
    format: formatOf(directory.numbers(tags.format)),
    photometric: first(tags.photometric, 1),
    compression: first(tags.compression, 1),
    predictor: first(tags.predictor, 1),
    planar: first(tags.planes, 1) === 2,
    extra: directory.numbers(tags.extra),
    palette: directory.numbers(tags.palette),
    jpegTables: directory.bytes(tags.jpegTables),
    blocks: blocksOf(directory, width, height),
  }
}

/** What is said to be of no kind in particular is read as unsigned. */
function formatOf(values: readonly number[] | null): number {
  const format = alike(values ?? [1], 'kinds of numbers')
  return format === 4 ? 1 : format
}

function alike(values: readonly number[], what: string): number {
  if (values.every((value) => value === values[0])) return values[0]
  throw new TiffRefusal(`Its channels have unlike ${what} (${values.join(', ')})`)
}

function blocksOf(directory: TiffDirectory, width: number, height: number): TiffPage['blocks'] {
  const tiled = directory.numbers(tags.tileOffsets) !== null
  const one = (tag: number, standard: number) => directory.numbers(tag)?.[0] ?? standard
  const offsets = directory.numbers(tiled ? tags.tileOffsets : tags.stripOffsets) ?? []
  const bytes = directory.numbers(tiled ? tags.tileBytes : tags.stripBytes) ?? []
  return tiled
    ? { width: one(tags.tileWidth, 0), height: one(tags.tileHeight, 0), offsets, bytes, tiled }
    : { width, height: Math.min(height, one(tags.rowsPerStrip, height)), offsets, bytes, tiled }
}
