/** One image of a file in grey, upright, as it is imported. */
export interface GreyFrame {
  /** [height, width] */
  shape: [number, number]
  /** Bytes that mean value/255 where these are exact, else floats: in [0,1] but for float images. */
  data: Uint8Array | Float32Array
  /** Images whose white is known; float images mean themselves. */
  brightness?: boolean
  white?: number
  /** Images of the file. */
  frames: number
}
