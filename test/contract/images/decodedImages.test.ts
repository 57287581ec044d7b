import { describe, expect, it } from 'vitest'
import { DecodedImages } from '../../../src/main/images/decodedImages'
import { viewImage } from '../../../src/main/images/view'
import { defaultViewOptions } from '../../../src/shared/views'
import { grey, png } from '../../support/pngFile'

const image = (value: number) => png(2, 2, grey, [value, value, value, value])

describe('decoded images', () => {
  it('are decoded once, whatever the file is called', async () => {
    const images = new DecodedImages()
    const first = await images.decode('a.png', image(1))
    expect(await images.decode('b.png', image(1))).toBe(first)
    expect(await images.decode('a.png', image(2))).not.toBe(first)
  })

  it('leave when newer ones need their place, the one used longest ago first', async () => {
    const images = new DecodedImages(8)
    const [first, second] = [await images.decode('1.png', image(1)), await images.decode('2.png', image(2))]
    expect(await images.decode('1.png', image(1))).toBe(first)
    await images.decode('3.png', image(3))
    expect(await images.decode('1.png', image(1))).toBe(first)
    expect(await images.decode('2.png', image(2))).not.toBe(second)
  })

  it('are not changed by a view of them', async () => {
    const images = new DecodedImages()
    const view = () => viewImage('a.png', image(51), [2, 2], { ...defaultViewOptions, invert: true }, images.decode)
    const before = (await view()).pixels.slice()
    expect((await view()).pixels).toEqual(before)
    expect(before[0]).toBeCloseTo(0.8, 6)
  })

  it('are none where the file is no image, and it is said each time', async () => {
    const images = new DecodedImages()
    for (const name of ['a.png', 'b.png']) {
      await expect(images.decode(name, Uint8Array.of(1, 2, 3))).rejects.toMatchObject({
        code: 'IMAGE_UNREADABLE',
        where: name,
      })
    }
  })
})
