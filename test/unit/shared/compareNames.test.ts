import { describe, expect, it } from 'vitest'
import { compareNames } from '../../../src/shared/compareNames'

/** Each list is in the order that is right. */
const orders = [
  ['rot_-10', 'rot_-9.5', 'rot_0.5', 'rot_0.75', 'rot_1.0', 'rot_10.0'],
  ['rot_0.25.png', 'rot_0.5.png', 'rot_0.75.png', 'rot_1.0.png', 'rot_10.0.png'],
  ['-2.png', '-1.png', '0.png', '+1.png', '2.png'],
  ['img2.png', 'img9.png', 'img10.png', 'img10a.png'],
  ['img-2.png', 'img-9.png', 'img-10.png'],
  ['2024-01-05.png', '2024-01-12.png', '2024-02-01.png', '2024-10-01.png'],
  ['2024.01.05', '2024.01.12', '2024.10.01'],
  ['v1.2', 'v1.9', 'v1.10', 'v2.0'],
  ['set-1.9.3', 'set-1.10.0', 'set-1.10.2'],
  ['lr=1e-4', 'lr=1e-3', 'lr=0.01', 'lr=0.1', 'lr=1'],
  ['a/-1.png', 'a/0.png', 'b/-5.png', 'b/2.png'],
  ['x_1.5_y_2.png', 'x_1.5_y_10.png', 'x_1.25e+1_y_1.png'],
  ['img.png', 'img2.png', 'imga.png'],
  ['a', 'A', 'b'],
  ['IMG1', 'img2', 'IMG3'],
  ['a 1', 'a_1', 'a1', 'ab'],
  ['e', 'é', 'f', 'ß', 't'],
]

describe('the order of names', () => {
  it.each(orders.map((names) => [names]))('%j', (names) => {
    expect([...names].reverse().sort(compareNames)).toEqual(names)
    expect([...names].sort(compareNames)).toEqual(names)
  })

  it('is one order of all of them together', () => {
    const all = orders.flat()
    for (const a of all) {
      for (const b of all) {
        expect(Math.sign(compareNames(a, b)) + Math.sign(compareNames(b, a))).toBe(0)
        for (const c of all)
          if (compareNames(a, b) < 0 && compareNames(b, c) < 0 && compareNames(a, c) >= 0)
            throw new Error(`${a} ${b} ${c}`)
      }
    }
  })

  it('keeps names apart that count as equal', () => {
    expect(compareNames('1.0', '1')).not.toBe(0)
    expect(compareNames('img01', 'img1')).not.toBe(0)
  })
})
