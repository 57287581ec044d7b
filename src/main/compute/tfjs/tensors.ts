import type { Tensor } from '../tensor'
import type { Tfjs, TfjsTensor } from './tfjs'

/** A copy within the engine; integers of all sizes become int32, the only such type that it computes with. */
export function toTfjs(tf: Tfjs, { dtype, shape, data }: Tensor): TfjsTensor {
  return dtype === 'float32' || dtype === 'float64'
    ? tf.tensor(Float32Array.from(data), [...shape], 'float32')
    : tf.tensor(Int32Array.from(data), [...shape], 'int32')
}

/** A copy of a float tensor's numbers, read back from the device. */
export const floatsOf = async (tensor: TfjsTensor): Promise<Float32Array> => Float32Array.from(await tensor.data())

export const disposeAll = (tensors: Readonly<Record<string, TfjsTensor>>): void =>
  Object.values(tensors).forEach((tensor) => tensor.dispose())
