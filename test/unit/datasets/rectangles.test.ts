import { describe, expect, it } from 'vitest'
import type { DrawExample } from '../../../src/main/datasets/generators/generator'
import { rectangles } from '../../../src/main/datasets/generators/rectangles'
import { Random } from '../../../src/main/datasets/random'

const side = 28

function drawRectangle(draw: DrawExample) {
  const x = new Uint8Array(side * side)
  const label = draw(x, null)
  const white = [...x.keys()].filter((pixel) => x[pixel] === 255)
  const rows = white.map((pixel) => Math.floor(pixel / side))
  const columns = white.map((pixel) => pixel % side)
  const [top, left] = [Math.min(...rows), Math.min(...columns)]
  return { x, label, top, left, height: Math.max(...rows) - top + 1, width: Math.max(...columns) - left + 1 }
}

describe('rectangles', async () => {
  const draw = await rectangles.begin('train', new Random(1, 0))
  const drawn = Array.from({ length: 10_000 }, () => drawRectangle(draw))

  it('are one-pixel outlines', () => {
    const outline = ({ top, left, height, width }: (typeof drawn)[number]) => {
      const image = new Uint8Array(side * side)
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const edge = row === 0 || row === height - 1 || column === 0 || column === width - 1
          if (edge) image[(top + row) * side + left + column] = 255
        }
      }
      return image
    }
    expect(drawn.filter((rectangle) => Buffer.compare(rectangle.x, outline(rectangle)) !== 0)).toEqual([])
  })

  it('differ in height and width by three at least, and the label says which is larger', () => {
    expect(Math.min(...drawn.map(({ height, width }) => Math.abs(height - width)))).toBe(3)
    expect(drawn.filter(({ height, width, label }) => label !== (height > width ? 0 : 1))).toEqual([])
  })

  it('have sides of 1 to 28, lie anywhere, and are tall as often as wide', () => {
    const range = (values: number[]) => [Math.min(...values), Math.max(...values)]
    expect(range(drawn.map(({ height }) => height))).toEqual([1, 28])
    expect(range(drawn.map(({ width }) => width))).toEqual([1, 28])
    expect(range(drawn.map(({ top }) => top))).toEqual([0, 27])
    const tall = drawn.filter(({ label }) => label === 0).length
    expect(Math.abs(tall / drawn.length - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / drawn.length))
  })
})
