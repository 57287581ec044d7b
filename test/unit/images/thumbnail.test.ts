import { expect, it } from 'vitest'
import { thumbnail } from '../../../src/main/images/thumbnail'

it('keeps the bytes of a small view and shrinks a large one, in the limits of what can be shown', () => {
  const small = thumbnail({ shape: [1, 4], pixels: Float32Array.of(0, 77 / 255, 2, -1) })
  expect(small).toEqual({ shape: [1, 4], pixels: Uint8Array.of(0, 77, 255, 0) })
  const large = thumbnail({ shape: [64, 128], pixels: new Float32Array(64 * 128).fill(0.2) })
  expect(large.shape).toEqual([16, 32])
  expect(large.pixels).toEqual(new Uint8Array(512).fill(51))
})
