/** A grey JPEG file of one even grey (128), of any size in few bytes: a block is two bits of two one-symbol codes. */
export function evenJpeg(width: number, height: number): Uint8Array {
  const segment = (marker: number, ...body: number[]): number[] => [
    0xff,
    marker,
    (body.length + 2) >> 8,
    (body.length + 2) & 255,
    ...body,
  ]
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  // One code of one bit, for the symbol 0: no difference (DC), end of block (AC).
  const oneCode = [1, ...Array<number>(15).fill(0), 0]
  const head = [
    ...[0xff, 0xd8],
    ...segment(0xdb, 0, ...Array<number>(64).fill(1)),
    ...segment(0xc0, 8, ...size, 1, 1, 0x11, 0),
    ...segment(0xc4, 0x00, ...oneCode),
    ...segment(0xc4, 0x10, ...oneCode),
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
  ]
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  return Buffer.concat([Buffer.from(head), Buffer.alloc(Math.ceil((2 * blocks) / 8)), Buffer.of(0xff, 0xd9)])
}
