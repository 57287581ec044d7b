import { Transformer } from '@napi-rs/image'
import { describe, expect, it } from 'vitest'
import { writePfm } from '../../../src/shared/pfm'
import { inspectImage, viewImage } from '../../../src/main/images/view'
import { defaultViewOptions, type ViewOptions } from '../../../src/shared/views'
import { grey, greyAlpha, png, rgb, rgba } from '../../support/pngFile'

const choose = (options: Partial<ViewOptions>): ViewOptions => ({ ...defaultViewOptions, ...options })
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

  it('takes one channel, a white background and the inverse where that is chosen', async () => {
    const colour = png(2, 1, rgba, [10, 20, 30, 255, 40, 50, 60, 51])
    const look = (options: Partial<ViewOptions>) => viewImage('a.png', colour, [1, 2], choose(options))
    const blue = await look({ channel: 'blue', background: 'white' })
    expect(blue.recipe).toEqual(['RGB with alpha 2x1', 'blue channel', 'on white', '[0,1]'])
    expect(blue.steps).toEqual({ channel: true, background: true, frame: false, resampling: false })
    expect(blue.pixels[0]).toBe(Math.fround(30 / 255))
    expect(blue.pixels[1]).toBeCloseTo((60 / 255) * 0.2 + 0.8, 6)
    const inverted = await look({ channel: 'red', invert: true })
    expect(inverted.recipe.slice(-2)).toEqual(['inverted', '[0,1]'])
    expect(inverted.pixels[0]).toBeCloseTo(1 - 10 / 255, 6)
    expect(inverted.options).toEqual(choose({ channel: 'red', invert: true }))
    const grey4 = await viewImage('a.png', png(2, 2, grey, [1, 2, 3, 4]), [2, 2], choose({ channel: 'blue' }))
    expect(grey4.steps).toEqual({ channel: false, background: false, frame: false, resampling: false })
    expect(grey4.pixels).toEqual(Float32Array.from([1, 2, 3, 4], (value) => value / 255))
  })

  it('fits all of an image between bars, and takes nearest pixels where that is chosen', async () => {
    const wide = png(4, 2, grey, [0, 50, 100, 150, 10, 60, 110, 160])
    const fit = await viewImage('a.png', wide, [4, 4], choose({ frame: 'fit', background: 'white' }))
    expect(fit.recipe).toEqual(['grey 4x2', 'fit 4x2 on white', '[0,1]'])
    expect(fit.steps).toEqual({ channel: false, background: true, frame: true, resampling: false })
    expect([...fit.pixels].map((value) => Math.round(value * 255))).toEqual([
      ...[255, 255, 255, 255],
      ...[0, 50, 100, 150],
      ...[10, 60, 110, 160],
      ...[255, 255, 255, 255],
    ])
    const nearest = await viewImage('a.png', wide, [1, 2], choose({ resampling: 'nearest' }))
    expect(nearest.recipe).toEqual(['grey 4x2', '2x1 nearest', '[0,1]'])
    expect([...nearest.pixels].map((value) => Math.round(value * 255))).toEqual([60, 160])
  })

  it('keeps a float map to the bit, whatever its values', async () => {
    const pixels = Float32Array.of(-1.5, 0, 1 / 3, 1e-9, 7, 0.1)
    const bytes = writePfm({ height: 2, width: 3, pixels })
    expect(await inspectImage('a.pfm', bytes)).toEqual({ width: 3, height: 2, format: 'pfm' })
    const view = await viewImage('a.pfm', bytes, [2, 3])
    expect(view.pixels).toEqual(pixels)
    expect(view.recipe).toEqual(['grey 3x2', 'values as they are'])
  })

  it.each([
    ['cut', (bytes: Uint8Array) => bytes.subarray(0, -1), 'bytes promised'],
    ['longer than it says', (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.of(0)]), 'bytes promised'],
    ['of a billion pixels', () => Buffer.from('Pf\n99999 99999\n-1.0\n'), 'bytes promised'],
    ['of no size', () => Buffer.from('Pf\n0 3\n-1.0\n'), 'its header'],
    ['with a NaN', (bytes: Uint8Array) => Buffer.concat([bytes.subarray(0, -4), Buffer.of(0, 0, 0xc0, 0x7f)]), 'NaN'],
  ])('refuses a float map that is %s', async (_, spoil, message) => {
    const bytes = writePfm({ height: 2, width: 3, pixels: new Float32Array(6) })
    const refusal = inspectImage('a.pfm', spoil(bytes))
    await expect(refusal).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE', where: 'a.pfm' })
    await expect(refusal).rejects.toThrow(message)
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
