import type { Shape } from './shapes'

/** What is handed to an engine and comes back from it, row-major. */
export type Tensor =
  | { readonly dtype: 'float32'; readonly shape: Shape; readonly data: Float32Array }
  | { readonly dtype: 'float64'; readonly shape: Shape; readonly data: Float64Array }
  | { readonly dtype: 'uint8'; readonly shape: Shape; readonly data: Uint8Array }
  | { readonly dtype: 'int32'; readonly shape: Shape; readonly data: Int32Array }

export type Tensors = Readonly<Record<string, Tensor>>

export const float32 = (data: Float32Array, shape: Shape): Tensor => ({ dtype: 'float32', shape, data })
export const float64 = (data: Float64Array, shape: Shape): Tensor => ({ dtype: 'float64', shape, data })
export const uint8 = (data: Uint8Array, shape: Shape): Tensor => ({ dtype: 'uint8', shape, data })
export const int32 = (data: Int32Array, shape: Shape): Tensor => ({ dtype: 'int32', shape, data })
