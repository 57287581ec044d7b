/** Where a plane lies in a picture. */
export interface Frame {
  width: number
  height: number
  /** Screen pixels of a point of the plane, and back. */
  toScreen(s: number, t: number): [number, number]
  toPlane(x: number, y: number): [number, number]
}
