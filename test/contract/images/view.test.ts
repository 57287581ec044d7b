import { Transformer } from '@napi-rs/image'
import { describe, expect, it } from 'vitest'
import { inspectImage, viewImage } from '../../../src/main/images/view'
import { grey, greyAlpha, png, rgb, rgba } from '../../support/pngFile'

const ramp = (n: number) => Array.from({ length: n }, (_, i) => i % 256)

describe('images as a model sees them', () => {
  it('keeps every value of a grey image of the exact size', async () => {
    const view = await viewImage('a.png', png(28, 28, grey, ramp(784)), [28, 28])
    expect(view.pixels).toEqual(Float32Array.from(ramp(784), (value) => value / 255))
    expect(view).toMatchObject({ recipe: ['grey 28x28', '[0,1]'], shape: [28, 28] })
  })

  it('keeps the values of an RGB image without colour exactly, too', async () => {
    const view = await viewImage('a.png', png(2, 1, rgb, [77, 77, 77, 203, 203, 203]), [1, 2])
    expect(view.pixels).toEqual(Float32Array.of(77 / 255, 203 / 255))
  })

  it('takes luma, crops to the aspect and averages areas, and says so', async () => {
    // 4 x 2: the outer columns are red and fall to the crop; the inner 2 x 2 are green, blue, white, black.
    const image = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [255, 0, 0],
      [255, 0, 0],
      [255, 255, 255],
      [0, 0, 0],
      [255, 0, 0],
    ]
    const view = await viewImage('a.png', png(4, 2, rgb, image.flat()), [1, 1])
    expect(view.recipe).toEqual(['RGB 4x2', 'luma Rec. 601', 'crop 2x2', '1x1 area', '[0,1]'])
    expect(view.pixels[0]).toBeCloseTo((0.587 + 0.114 + 1 + 0) / 4, 6)
  })

  it('puts transparent pixels on black, and says so only where there are any', async () => {
    const half = await viewImage('a.png', png(2, 1, greyAlpha, [200, 255, 200, 51]), [1, 2])
    expect(half.recipe).toEqual(['grey with alpha 2x1', 'on black', '[0,1]'])
    expect(half.pixels[0]).toBe(Math.fround(200 / 255))
    expect(half.pixels[1]).toBeCloseTo((200 / 255) * 0.2, 6)
    const opaque = await viewImage('a.png', png(1, 1, rgba, [9, 9, 9, 255]), [1, 1])
    expect(opaque.recipe).toEqual(['RGB with alpha 1x1', 'luma Rec. 601', '[0,1]'])
  })

  it('reads 16 bits', async () => {
    const view = await viewImage('a.png', png(2, 1, grey, [1, 65535], 16), [1, 2])
    expect(view.pixels).toEqual(Float32Array.of(1 / 65535, 1))
    expect(view.recipe[0]).toBe('16-bit grey 2x1')
  })

  it('reads JPEG, WebP and TIFF', async () => {
    const make = () =>
      Transformer.fromRgbaPixels(
        Uint8Array.from({ length: 4 * 64 }, () => 128),
        8,
        8,
      )
    for (const [format, bytes] of [
      ['jpeg', await make().jpeg(90)],
      ['webp', await make().webpLossless()],
      ['tiff', await make().tiff()],
    ] as const) {
      expect(await inspectImage(`a.${format}`, bytes)).toEqual({ width: 8, height: 8, format })
    }
  })

  it('turns a photograph upright by its EXIF orientation', async () => {
    const upright = await Transformer.fromRgbaPixels(
      Uint8Array.from({ length: 4 * 16 * 8 }, (_, i) => (i % 64 < 32 ? 0 : 255)),
      16,
      8,
    ).jpeg(100)
    // APP1 after the start marker: TIFF, big endian, one entry: orientation 6 (turn by 90 degrees clockwise).
    const exif = Buffer.from(
      'ffe1002245786966000' + '04d4d002a000000080001011200030000000100060000' + '00000000',
      'hex',
    )
    const bytes = Buffer.concat([upright.subarray(0, 2), exif, upright.subarray(2)])
    expect(await inspectImage('a.jpg', bytes)).toMatchObject({ width: 8, height: 16 })
    const view = await viewImage('a.jpg', bytes, [2, 1])
    expect(view.recipe).toContain('upright by EXIF')
    expect(view.pixels[0]).toBeLessThan(0.1)
    expect(view.pixels[1]).toBeGreaterThan(0.9)
  })

  it.each([
    ['an empty file', new Uint8Array(0), 'IMAGE_UNREADABLE', 'empty'],
    ['a text with a name of an image', Buffer.from('this is no image at all'), 'IMAGE_UNREADABLE', 'No image'],
    ['a file that ends too early', png(28, 28, grey, ramp(784)).subarray(0, 60), 'IMAGE_UNREADABLE', 'No image'],
    ['an image of no pixels', png(0, 5, grey, []), 'IMAGE_UNREADABLE', 'No image'],
    ['an image without data', png(28, 28, grey, []), 'IMAGE_UNREADABLE', 'No image'],
    ['a header that promises 3.6 gigapixels', png(60_000, 60_000, grey, []), 'IMAGE_TOO_LARGE', '100 megapixels'],
    ['a header that promises 104 megapixels', png(20_000, 5_200, grey, []), 'IMAGE_TOO_LARGE', '20000x5200'],
  ])('refuses %s', async (_, bytes, code, message) => {
    const refusal = inspectImage('a.png', bytes)
    await expect(refusal).rejects.toMatchObject({ code, where: 'a.png' })
    await expect(refusal).rejects.toThrow(message)
  })
})
