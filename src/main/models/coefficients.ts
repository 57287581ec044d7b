/** Coefficients of eq. 7 and 8, one value a class: s_i = aM Σ S_M + aC Σ S_C + aB (b·x - ½‖b‖²) + B. */
export interface Coefficients {
  B: Float32Array
  aM: Float32Array
  aC: Float32Array
  aB: Float32Array
}
export const coefficientNames = ['B', 'aM', 'aC', 'aB'] as const
