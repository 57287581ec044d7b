/** Where a picture is looked at: row' = rr row + rc column + r, column' = cr row + cc column + c; about the centre. */
export interface AffineMap {
  rr: number
  rc: number
  cr: number
  cc: number
  r: number
  c: number
}

/** @param angle radians, counter-clockwise on the screen */
export function rotation(angle: number): AffineMap {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return { rr: cos, rc: -sin, cr: sin, cc: cos, r: 0, c: 0 }
}

/** Factors along rows and columns. */
export const scaling = (rows: number, columns: number): AffineMap => ({
  rr: rows,
  rc: 0,
  cr: 0,
  cc: columns,
  r: 0,
  c: 0,
})

export const translation = (rows: number, columns: number): AffineMap => ({
  rr: 1,
  rc: 0,
  cr: 0,
  cc: 1,
  r: rows,
  c: columns,
})

/** First `inner`, then `outer`. */
export const compose = (outer: AffineMap, inner: AffineMap): AffineMap => ({
  rr: outer.rr * inner.rr + outer.rc * inner.cr,
  rc: outer.rr * inner.rc + outer.rc * inner.cc,
  cr: outer.cr * inner.rr + outer.cc * inner.cr,
  cc: outer.cr * inner.rc + outer.cc * inner.cc,
  r: outer.rr * inner.r + outer.rc * inner.c + outer.r,
  c: outer.cr * inner.r + outer.cc * inner.c + outer.c,
})

type Sides = readonly [height: number, width: number]

/**
 * Fills `out` with the picture looked at through a map: pixel p of `out` is the picture at map(p), both counted from their
 * centres; bilinear, black outside the picture.
 */
export function look(
  picture: Uint8Array,
  [height, width]: Sides,
  map: AffineMap,
  out: Uint8Array,
  [rows, columns]: Sides,
): void {
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2]
  const at = (row: number, column: number): number =>
    row >= 0 && row < height && column >= 0 && column < width ? picture[row * width + column] : 0
  for (let outRow = 0; outRow < rows; outRow++) {
    const down = outRow - (rows - 1) / 2
    for (let outColumn = 0; outColumn < columns; outColumn++) {
      const right = outColumn - (columns - 1) / 2
      const row = map.rr * down + map.rc * right + map.r + middleRow
      const column = map.cr * down + map.cc * right + map.c + middleColumn
      const [top, left] = [Math.floor(row), Math.floor(column)]
      if (top < -1 || top >= height || left < -1 || left >= width) continue
      const [low, across] = [row - top, column - left]
      const upper = at(top, left) * (1 - across) + at(top, left + 1) * across
      const lower = at(top + 1, left) * (1 - across) + at(top + 1, left + 1) * across
      out[outRow * columns + outColumn] = Math.round(upper * (1 - low) + lower * low)
    }
  }
}
