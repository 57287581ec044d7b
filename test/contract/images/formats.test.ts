import { Transformer } from '@napi-rs/image'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeFrames, decodeImage } from '../../../src/main/images/decode'
import type { DecodedImage } from '../../../src/main/images/decoded'
import { viewImage } from '../../../src/main/images/view'
import { gif } from '../../support/gif'
import { encodeLzw } from '../../support/lzw'
import { taggedTiff } from '../../support/tiffTags'

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../fixtures/images', name)))
const firsts = async (name: string, count = 3) => [
  ...(await decodeImage(name, fixture(name))).pixels.subarray(0, count),
]

async function all(images: AsyncIterable<DecodedImage>): Promise<DecodedImage[]> {
  const found: DecodedImage[] = []
  for await (const image of images) found.push(image)
  return found
}

describe('orientation', () => {
  it.each(['o1.png', 'o3.png', 'o6.png', 'o8.png', 'o3.webp', 'o6.webp', 'o6.jpg'])(
    'turns %s upright',
    async (name) => {
      const stored = await decodeImage('o1.png', fixture('o1.png'))
      const turned = await decodeImage(name, fixture(name))
      const [, orientation] = /o(\d)/.exec(name)!
      const at = { 1: [0, 0], 3: [23, 39], 6: [23, 0], 8: [0, 39] }[orientation!]!
      const { channels } = turned.layout
      expect([turned.width, turned.height]).toEqual(['6', '8'].includes(orientation!) ? [24, 40] : [40, 24])
      expect(turned.turned).toBe(orientation !== '1')
      // The upper left pixel is the corner of the stored image that EXIF names; JPEG and WebP lose a little.
      expect(Math.abs(turned.pixels[0]! - stored.pixels[at[0]! * 40 + at[1]!]!)).toBeLessThan(4)
      expect(turned.pixels.length).toBe(40 * 24 * channels)
    },
  )

  it('turns every pixel of all eight orientations to its place', async () => {
    const places = {
      1: 'abcdef',
      2: 'cbafed',
      3: 'fedcba',
      4: 'defabc',
      5: 'adbecf',
      6: 'daebfc',
      7: 'fcebda',
      8: 'cfbead',
    }
    for (const [orientation, expected] of Object.entries(places)) {
      const page = { 256: 3, 257: 2, 258: 8, 262: 1, 274: Number(orientation), 277: 1, 278: 2 }
      const { pixels } = await decodeImage('a.tif', taggedTiff(page, Buffer.from('abcdef')))
      expect([orientation, Buffer.from(pixels).toString()]).toEqual([orientation, expected])
    }
  })
})

describe('TIFF', () => {
  it.each([
    ['f32.tif', '32-bit float grey', [0.1626371443271637, 0.7079200148582458, 0.28816962242126465]],
    ['g12.tif', '12-bit grey', [3486, 2333, 2220]],
    ['s16.tif', '32-bit float grey', [-290, -210, 440]],
    ['pal.tif', 'RGB', [205, 60, 206]],
    ['la.tif', 'grey with alpha', [78, 3, 204]],
    ['big.tif', 'grey', [78, 204, 64]],
    ['rgba_assoc.tif', 'RGB with alpha (premultiplied)', [2, 2, 2]],
  ])('reads %s as %s', async (name, layout, values) => {
    expect((await decodeImage(name, fixture(name))).layout.name).toBe(layout)
    expect(await firsts(name)).toEqual(values)
  })

  it('reads JPEG blocks whose tables stand apart', async () => {
    const image = await decodeImage('jpegycc.tif', fixture('jpegycc.tif'))
    expect(image.layout.name).toBe('RGB')
    expect(new Set(image.pixels).size).toBeGreaterThan(20)
  })

  it('applies associated alpha once', async () => {
    const view = await viewImage('a.tif', fixture('rgba_assoc.tif'), [16, 24])
    expect(view.pixels[0]).toBeCloseTo(2 / 255, 6)
    expect(view.pixels[1]).toBeCloseTo((0.299 * 34 + 0.587 * 72 + 0.114 * 23) / 255, 6)
  })

  it('shows the first page, and says how many there are; an import reads all', async () => {
    expect((await viewImage('a.tif', fixture('pages.tif'), [16, 24])).recipe[1]).toBe('first of 3 images')
    const pages = await all(decodeFrames('a.tif', fixture('pages.tif')))
    expect(pages.map(({ pixels }) => pixels[0])).toEqual([78, 177, 177])
  })

  const values = Uint8Array.from({ length: 600 }, (_, i) => (i * 37) % 251)
  const page = { 256: 30, 257: 20, 258: 8, 262: 1, 277: 1, 278: 20 }
  const differences = values.map((value, i) => (i % 30 === 0 ? value : value - values[i - 1]!))
  const packBits = Buffer.concat(
    Array.from({ length: 6 }, (_, i) => Buffer.concat([Buffer.of(99), values.subarray(100 * i, 100 * (i + 1))])),
  )
  it.each([
    ['deflate', { ...page, 259: 8 }, deflateSync(values)],
    ['deflate of differences', { ...page, 259: 8, 317: 2 }, deflateSync(differences)],
    ['LZW', { ...page, 259: 5 }, encodeLzw(values, { literalBits: 8, highFirst: true, early: true })],
    ['PackBits', { ...page, 259: 32773 }, packBits],
    ['white as 0', { ...page, 262: 0 }, values.map((value) => 255 - value)],
  ])('undoes %s', async (_, tags, data) => {
    expect((await decodeImage('a.tif', taggedTiff(tags, data))).pixels).toEqual(values)
  })

  it('reads tiles, planes and big-endian numbers of 12 bits', async () => {
    const tiles = { 256: 3, 257: 3, 258: 8, 262: 1, 277: 1, 322: 2, 323: 2, 324: [0, 4, 8, 12], 325: [4, 4, 4, 4] }
    const cut = Uint8Array.of(1, 2, 4, 5, 3, 0, 6, 0, 7, 8, 0, 0, 9, 0, 0, 0)
    expect([...(await decodeImage('a.tif', taggedTiff(tiles, cut))).pixels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    const planes = { 256: 2, 257: 1, 258: 8, 262: 2, 273: [0, 2, 4], 277: 3, 278: 1, 279: [2, 2, 2], 284: 2 }
    expect([...(await decodeImage('a.tif', taggedTiff(planes, Uint8Array.of(1, 2, 3, 4, 5, 6)))).pixels]).toEqual([
      1, 3, 5, 2, 4, 6,
    ])
    const twelve = { 256: 2, 257: 1, 258: 12, 262: 1, 277: 1, 278: 1 }
    expect([
      ...(await decodeImage('a.tif', taggedTiff(twelve, Uint8Array.of(0xab, 0xcd, 0xef), false))).pixels,
    ]).toEqual([0xabc, 0xdef])
  })

  it('reads floats that were predicted', async () => {
    const row = Float32Array.of(0.5, -2, 3.25)
    const planes = [0, 1, 2, 3].flatMap((byte) => [...row].map((_, i) => new Uint8Array(row.buffer)[4 * i + 3 - byte]!))
    const summed = Uint8Array.from(planes, (value, i) => (i === 0 ? value : value - planes[i - 1]!))
    const tags = { 256: 3, 257: 1, 258: 32, 259: 8, 262: 1, 277: 1, 278: 1, 317: 3, 339: 3 }
    expect((await decodeImage('a.tif', taggedTiff(tags, deflateSync(summed)))).pixels).toEqual(row)
  })

  it.each([
    ['a bomb', { ...page, 259: 8 }, deflateSync(new Uint8Array(1e6)), 'more than it promises'],
    ['fewer bytes than it promises', page, values.subarray(1), 'ends too early'],
    ['a compression that is not read', { ...page, 259: 50000 }, values, 'Zstandard'],
    ['five channels', { ...page, 277: 5, 256: 6 }, values, '5 channels'],
    ['colours that are not read', { ...page, 262: 8, 277: 3, 256: 10 }, values, 'L*a*b*'],
    ['a float that is none', { ...page, 256: 1, 257: 1, 258: 32, 339: 3, 278: 1 }, Buffer.of(0, 0, 0xc0, 0x7f), 'NaN'],
  ])('refuses %s in words', async (_, tags, data, message) => {
    const refusal = decodeImage('a.tif', taggedTiff(tags, data))
    await expect(refusal).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE', where: 'a.tif' })
    await expect(refusal).rejects.toThrow(message)
  })
})

describe('GIF', () => {
  const palette = [0, 0, 0, 255, 255, 255, 200, 0, 0, 0, 0, 50]

  it('gives each frame as it is seen', async () => {
    const film = gif(2, 2, palette, [
      { width: 2, height: 2, indices: [1, 1, 1, 1] },
      { left: 1, top: 1, width: 1, height: 1, indices: [2], disposal: 3 },
      { width: 2, height: 1, indices: [3, 0], transparent: 3 },
    ])
    const frames = await all(decodeFrames('a.gif', film))
    const reds = frames.map(({ pixels }) => [0, 3, 6, 9].map((at) => pixels[at]))
    expect(reds).toEqual([
      [255, 255, 255, 255],
      [255, 255, 255, 200],
      [255, 0, 255, 255],
    ])
    expect(frames[0]).toMatchObject({ frames: 3, layout: { name: 'RGB' } })
  })

  it('keeps what is not drawn transparent', async () => {
    const image = await decodeImage('a.gif', gif(2, 1, palette, [{ width: 1, height: 1, indices: [1] }]))
    expect([...image.pixels]).toEqual([255, 255, 255, 255, 0, 0, 0, 0])
  })

  it('refuses one whose pixels end too early', async () => {
    const short = gif(2, 2, palette, [{ width: 2, height: 2, indices: [1, 1] }])
    await expect(decodeImage('a.gif', short)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' })
  })
})

describe('maps of the netpbm family, and bitmaps', () => {
  it.each([
    ['P2\n# made by hand\n3 1\n15\n0 5 15\n', [0, 85, 255]],
    ['P5\n3 1\n255\n\x01\x02\x03', [1, 2, 3]],
    ['P5 2 1 65535\n\x01\x02\xff\xff', [0x102, 0xffff]],
    ['P3\n1 1\n255\n1 2 3\n', [1, 2, 3]],
    ['P6\n1 1\n255\n\x01\x02\x03', [1, 2, 3]],
    ['P1\n3 1\n1 0 1\n', [0, 255, 0]],
  ])('reads %j', async (text, values) => {
    expect([...(await decodeImage('a.pgm', Buffer.from(text, 'latin1'))).pixels]).toEqual(values)
  })

  it('reads a bitmap', async () => {
    const pixels = Uint8Array.from({ length: 4 * 4 }, (_, i) => (i % 4 === 3 ? 255 : 10 * i))
    const bytes = await Transformer.fromRgbaPixels(pixels, 2, 2).bmp()
    const image = await decodeImage('a.bmp', bytes)
    expect(image).toMatchObject({ width: 2, height: 2, format: 'bmp' })
    expect([...image.pixels.subarray(0, 3)]).toEqual([0, 10, 20])
  })
})

describe('what is no image that is read', () => {
  it.each([
    ['\0\0\0\x18ftypheic', 'HEIC'],
    ['%PDF-1.7', 'PDF'],
    ['8BPS\0\x01', 'Photoshop'],
  ])('is called by its name: %j', async (head, name) => {
    await expect(decodeImage('a.png', Buffer.from(head, 'latin1'))).rejects.toThrow(name)
  })

  it("is never told in a decoder's words", async () => {
    const cut = Buffer.from('P5\n5 3\n255\n1234')
    await expect(decodeImage('a.pgm', cut)).rejects.toThrow('No image that can be read: the pnm file ends too early')
  })
})
