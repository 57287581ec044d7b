/**
 * A convex set of pixels, row by row: those from `from[row]` to `to[row]`, both included; none where `from` is larger. Pixels
 * are points at whole numbers.
 */
export interface ConvexRows {
  readonly from: Int16Array
  readonly to: Int16Array
}

/** All pixels of a square. */
export const wholeSquare = (side: number): ConvexRows => ({
  from: new Int16Array(side),
  to: new Int16Array(side).fill(side - 1),
})

export interface HalfPlane {
  /** A point of its edge. */
  row: number
  column: number
  /** Direction of its inside, radians. */
  angle: number
}

/** The pixels of a set that lie in a half-plane: (column - c) cos + (row - r) sin >= 0. */
export function cut({ from, to }: ConvexRows, { row: r, column: c, angle }: HalfPlane): ConvexRows {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const cutFrom = from.slice()
  const cutTo = to.slice()
  for (let row = 0; row < from.length; row++) {
    const edge = c - ((row - r) * sin) / cos
    if (cos > 0) cutFrom[row] = Math.max(from[row], Math.min(from.length, Math.ceil(edge)))
    else cutTo[row] = Math.min(to[row], Math.max(-1, Math.floor(edge)))
  }
  return { from: cutFrom, to: cutTo }
}

export function countPixels({ from, to }: ConvexRows): number {
  let count = 0
  for (let row = 0; row < from.length; row++) count += Math.max(0, to[row] - from[row] + 1)
  return count
}

/** Adds the set's pixels to an image, 255 each. */
export function paint({ from, to }: ConvexRows, image: Uint8Array): void {
  const side = from.length
  for (let row = 0; row < side; row++) {
    if (to[row] >= from[row]) image.fill(255, row * side + from[row], row * side + to[row] + 1)
  }
}

interface Point {
  row: number
  column: number
}

/** Twice the signed area of a triangle. */
const turn = (a: Point, b: Point, c: Point): number =>
  (b.column - a.column) * (c.row - a.row) - (b.row - a.row) * (c.column - a.column)

/** One side of the convex hull of points in the order of their rows (Andrew's monotone chain). */
function chain(points: readonly Point[], sign: 1 | -1): Point[] {
  const hull: Point[] = []
  for (const point of points) {
    while (hull.length >= 2 && sign * turn(hull[hull.length - 2], hull[hull.length - 1], point) <= 0) hull.pop()
    hull.push(point)
  }
  return hull
}

/** Column of a chain at a row between its ends. */
function columnAt(hull: readonly Point[], row: number): number {
  const next = hull.findIndex((point) => point.row >= row)
  const [before, after] = [hull[next - 1], hull[next]]
  if (before === undefined) return after.column
  return before.column + ((after.column - before.column) * (row - before.row)) / (after.row - before.row)
}

/** Below any distance of a pixel from a line through two others: 1/28² for a square of 28. */
const tolerance = 1e-6

/** Whether the white pixels of a square image are all the pixels of their convex hull. An empty image is. */
export function isConvex(image: Uint8Array, side: number): boolean {
  const [left, right]: [Point[], Point[]] = [[], []]
  let white = 0
  for (let row = 0; row < side; row++) {
    const line = image.subarray(row * side, (row + 1) * side)
    const first = line.indexOf(255)
    if (first < 0) continue
    left.push({ row, column: first })
    right.push({ row, column: line.lastIndexOf(255) })
    for (const value of line) if (value !== 0) white++
  }
  if (white === 0) return true
  const [leftHull, rightHull] = [chain(left, -1), chain(right, 1)]
  let hull = 0
  for (let row = left[0].row; row <= left[left.length - 1].row; row++) {
    const from = Math.ceil(columnAt(leftHull, row) - tolerance)
    hull += Math.floor(columnAt(rightHull, row) + tolerance) - from + 1
  }
  return hull === white
}
