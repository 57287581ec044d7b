import { describe, expect, it } from 'vitest'
import { decodeImage } from '../../../src/main/images/decode'
import { filmStrip } from '../../../src/main/images/filmStrip'

describe('a film strip', () => {
  it('has all images side by side, enlarged without smoothing, in one scale', async () => {
    const [dark, light] = [Float32Array.of(-1, 0, 0, 1), Float32Array.of(1, 1, 1, 3)]
    const { png, limits } = filmStrip([[dark, light], [light]], [2, 2])
    expect(limits).toEqual([-1, 3])
    const { width, height, pixels, layout } = await decodeImage('film.png', png)
    expect([width, height]).toEqual([112 + 4 + 112, 112 + 4 + 112])
    const at = (x: number, y: number) => pixels[(y * width + x) * layout.channels]
    expect([at(0, 0), at(55, 55), at(56, 0), at(111, 111)]).toEqual([0, 0, 64, 128])
    expect([at(116, 0), at(227, 111)]).toEqual([128, 255])
    expect(at(113, 0)).toBe(255)
    expect(at(116, 200)).toBe(255)
  })

  it('draws a constant image', () => {
    expect(filmStrip([[new Float32Array(4).fill(2)]], [2, 2]).limits).toEqual([2, 2])
  })
})
