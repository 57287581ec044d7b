/** A named array of weights, float32, row-major. */
export interface WeightArray {
  shape: readonly number[]
  data: Float32Array
}
export type WeightArrays = Readonly<Record<string, WeightArray>>
