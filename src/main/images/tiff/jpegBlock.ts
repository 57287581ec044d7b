import { Transformer } from '@napi-rs/image'
import { readJpeg } from '../structure/jpeg'
import { TiffRefusal } from './page'

const startBytes = 2
const endBytes = 2
/** Adobe's marker, which says what the three channels are: 0 RGB, 1 YCbCr. */
const adobe = (transform: 0 | 1): Uint8Array =>
  Uint8Array.of(0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform)

/**
 * A block that is a JPEG image of its own, without the tables that all blocks share.
 * @returns [height, width, samples], bytes
 * @throws TiffRefusal
 */
export function decodeJpegBlock(
  block: Uint8Array,
  tables: Uint8Array | null,
  { width, height, samples, ycbcr }: { width: number; height: number; samples: number; ycbcr: boolean },
): Uint8Array {
  const shared = tables === null ? new Uint8Array(0) : tables.subarray(startBytes, tables.length - endBytes)
  const file = Buffer.concat([block.subarray(0, startBytes), adobe(ycbcr ? 1 : 0), shared, block.subarray(startBytes)])
  const size = readJpeg(file)
  if (size?.width !== width || size.height !== height) throw new TiffRefusal('A block of it is damaged')
  const transformer = new Transformer(file)
  const { colorType } = transformer.metadataSync()
  const channels = ({ 0: 1, 2: 3 } as Partial<Record<number, number>>)[colorType]
  if (channels !== samples)
    throw new TiffRefusal(`Its JPEG blocks have ${channels ?? 'other'} channels, not ${samples}`)
  return transformer.rawPixelsSync()
}
