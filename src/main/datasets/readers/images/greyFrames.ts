import { decodeFrames } from '../../../images/decode'
import type { DecodedImage } from '../../../images/decoded'
import { greyRow } from '../../../images/grey'
import type { GreyFrame } from '../../../../shared/greyFrame'
import type { GreyFrames } from '../../greyFrame'
import { checkPixels } from '../../limits'
import { eachInSlices } from '../../work'

/** Decodes in this process: luma of Rec. 601, on black where it is transparent. */
export const decodeGreyFrames: GreyFrames = async function* (name, bytes, { signal }) {
  for await (const image of decodeFrames(name, bytes)) {
    signal?.throwIfAborted()
    const shape: [number, number] = [image.height, image.width]
    checkPixels(shape, name)
    yield { shape, data: await greyPixels(image, signal), ...meaningOf(image), frames: image.frames }
  }
}

const meaningOf = ({ layout: { bits } }: DecodedImage): Pick<GreyFrame, 'brightness' | 'white'> =>
  bits === 32 ? {} : { brightness: true, white: 2 ** bits - 1 }

async function greyPixels(image: DecodedImage, signal: AbortSignal | undefined): Promise<Uint8Array | Float32Array> {
  const { width, height, layout, pixels } = image
  if (layout.channels === 1 && layout.bits === 8 && pixels instanceof Uint8Array) return pixels
  const fill = greyRow(image)
  const values = new Float32Array(width * height)
  let bytes = true
  const fillRow = (y: number): void => {
    bytes = fill(y, values.subarray(y * width, (y + 1) * width)) && bytes
  }
  await eachInSlices(height, fillRow, { signal })
  return bytes ? Uint8Array.from(values, (value) => Math.round(value * 255)) : values
}
