/** An IDX file of bytes. */
export function idx(shape: number[], values: ArrayLike<number>, type = 0x08): Uint8Array {
  const file = Buffer.alloc(4 + 4 * shape.length + values.length)
  file.set([0, 0, type, shape.length])
  shape.forEach((size, axis) => file.writeUInt32BE(size, 4 + 4 * axis))
  file.set(Uint8Array.from(values), 4 + 4 * shape.length)
  return file
}
