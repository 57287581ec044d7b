import { describe, expect, it } from 'vitest'
import { gridAround, gridPoints, planeThrough, project, projectField } from '../../../src/main/dynamics/plane'
import { principalPlane } from '../../../src/main/dynamics/principal'
import { correlation } from '../../../src/main/dynamics/apply'
import { gaussians } from '../../../src/main/compute/random'
import { dot, norm, plus } from '../../../src/main/dynamics/vector'
import { randomPoint } from '../../support/fieldModel'

describe('the plane through three points', () => {
  const [a, b, c] = [randomPoint(9, 1), randomPoint(9, 2), randomPoint(9, 3)] as const
  const plane = planeThrough([a, b, c])

  it('has orthonormal axes and holds the points', () => {
    const [first, second] = plane.axes
    expect([norm(first), norm(second)]).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)])
    expect(dot(first, second)).toBeCloseTo(0, 12)
    for (const point of [a, b, c]) expect(project(plane, point).offPlane).toBeLessThan(1e-12)
    expect(project(plane, a).at).toEqual([0, 0])
    expect(project(plane, b).at).toEqual([expect.closeTo(norm(plus(b, a, -1)), 12), expect.closeTo(0, 12)])
  })

  it('tells how far another point lies off', () => {
    const away = randomPoint(9, 4)
    const normal = plane.axes.reduce((rest, axis) => plus(rest, axis, -dot(rest, axis)), away)
    const { offPlane, at } = project(plane, plus(a, normal, 3))
    expect(offPlane).toBeCloseTo(3 * norm(normal), 10)
    expect(at[0]).toBeCloseTo(0, 10)
  })

  it('is refused where the points lie on one line, or are one', () => {
    for (const points of [
      [a, plus(a, b), plus(a, b, 2)],
      [a, a, b],
    ] as const) {
      expect(() => planeThrough(points)).toThrow(expect.objectContaining({ code: 'PLANE_DEGENERATE' }))
    }
  })

  it('holds what of a field lies in it', () => {
    const inside = plus(plane.axes[0], plane.axes[1], 2)
    const { arrows, norms, inPlaneShare } = projectField(plane, inside)
    expect([...arrows]).toEqual([expect.closeTo(1, 6), expect.closeTo(2, 6)])
    expect(norms[0]).toBeCloseTo(Math.sqrt(5), 6)
    expect(inPlaneShare).toBeCloseTo(1, 12)
  })

  it('has a grid row by row', () => {
    const grid = { s: Float64Array.of(0, 1), t: Float64Array.of(0, 2) }
    const points = gridPoints(plane, grid)
    const third = points.subarray(18, 27)
    expect(project(plane, third).at).toEqual([expect.closeTo(0, 12), expect.closeTo(2, 12)])
  })
})

describe('the grid', () => {
  const anchors = [
    { name: 'y', at: [0, 0] as [number, number], offPlane: 0 },
    { name: 'r', at: [2, 0] as [number, number], offPlane: 0 },
  ]

  it('holds anchors and trajectory with room around', () => {
    const { s, t } = gridAround(anchors, Float64Array.of(0, 0, 2, 0, 2, -3), 0.1, 5, null)
    expect(Math.min(...s)).toBeLessThan(0)
    expect(Math.max(...s)).toBeGreaterThan(2)
    expect(Math.min(...t)).toBeLessThan(-3)
    expect(s[4]! - s[0]!).toBeCloseTo(t[4]! - t[0]!, 12)
  })

  it('does not follow a trajectory that runs off', () => {
    const { s } = gridAround(anchors, Float64Array.of(0, 0, 1e6, 0), 0.1, 5, null)
    expect(Math.max(...s)).toBeLessThan(10)
  })

  it('is as wide as asked for, around y', () => {
    expect([...gridAround(anchors, new Float64Array(0), 0.1, 3, 4).s]).toEqual([-4, 0, 4])
  })
})

describe('principal components', () => {
  it('are the directions of most variance, and say how much', () => {
    const [n, width] = [120, 30]
    const [long, short] = [3, 1]
    const images = new Float64Array(n * width)
    const coordinates = gaussians(4, 1, 0, 2 * n)
    for (let row = 0; row < n; row++) {
      images.fill(0.5, row * width, (row + 1) * width)
      images[row * width + 7]! += long * coordinates[2 * row]!
      images[row * width + 2]! += short * coordinates[2 * row + 1]!
    }
    const { axes, explained, spread } = principalPlane(images, n)
    expect(Math.abs(axes[0][7]!)).toBeCloseTo(1, 1)
    expect(Math.abs(axes[1][2]!)).toBeCloseTo(1, 1)
    expect(dot(axes[0], axes[1])).toBeCloseTo(0, 10)
    expect(explained[0] + explained[1]).toBeCloseTo(1, 10)
    expect(explained[0]).toBeGreaterThan(0.8)
    expect(spread).toBeGreaterThan(2)
  })

  it('are refused of images that are all the same', () => {
    expect(() => principalPlane(new Float64Array(50).fill(1), 5)).toThrow(
      expect.objectContaining({ code: 'PLANE_DEGENERATE' }),
    )
  })
})

describe('the correlation of two images', () => {
  it('is 1 up to scale and level, -1 of the negative, 0 of a constant', () => {
    const image = randomPoint(20, 5)
    expect(
      correlation(
        image,
        image.map((value) => 3 * value + 7),
      ),
    ).toBeCloseTo(1, 12)
    expect(
      correlation(
        image,
        image.map((value) => -value),
      ),
    ).toBeCloseTo(-1, 12)
    expect(correlation(image, new Float64Array(20).fill(2))).toBe(0)
  })
})
