import { describe, expect, it } from 'vitest'
import { decodeLzw } from '../../../src/main/images/lzw'
import { encodeLzw } from '../../support/lzw'

const gif = { literalBits: 2, highFirst: false, early: false }
const tiff = { literalBits: 8, highFirst: true, early: true }

/** Runs and noise, long enough that the table is filled and begun anew. */
const mixed = Uint8Array.from({ length: 40_000 }, (_, i) => (i % 97 < 60 ? i % 3 : (i * i * 7919) >> 5))

describe('LZW', () => {
  it('reads the codes of a published GIF', () => {
    const codes = Buffer.from('8c2d99872a1cdc33a00275ec95faa8de608c04914c0100', 'hex')
    const rows = ['1111122222', '1111122222', '1111122222', '1110000222', '1110000222']
    const below = ['2220000111', '2220000111', '2222211111', '2222211111', '2222211111']
    expect([...decodeLzw(codes, gif, 100)].join('')).toBe([...rows, ...below].join(''))
  })

  it("reads the codes of the PDF specification's example, high bits first", () => {
    const codes = Buffer.from('800b6050220c0c8501', 'hex')
    expect([...decodeLzw(codes, tiff, 9)]).toEqual([45, 45, 45, 45, 45, 65, 45, 45, 45])
  })

  it.each([
    ['GIF', { literalBits: 8, highFirst: false, early: false }],
    ['TIFF', tiff],
  ])('grows codes and clears its table as %s does', (_, form) => {
    expect(Buffer.from(decodeLzw(encodeLzw(mixed, form), form, mixed.length)).equals(mixed)).toBe(true)
  })

  it('gives no more than is asked for, and less where the stream ends or lies', () => {
    const codes = encodeLzw(mixed, tiff)
    expect(decodeLzw(codes, tiff, 10)).toEqual(mixed.subarray(0, 10))
    expect(decodeLzw(codes.subarray(0, 50), tiff, mixed.length).length).toBeLessThan(200)
    expect(decodeLzw(Uint8Array.of(0xff, 0xff, 0xff), tiff, 10)).toEqual(new Uint8Array(0))
  })
})
