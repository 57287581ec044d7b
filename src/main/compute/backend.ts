import { openOnnx } from './onnx/backend'
import { referenceBackend } from './reference/backend'
import type { Backend } from './engine'

export type { Backend, Executable } from './engine'
export type { Tensor, Tensors } from './tensor'

export interface BackendOptions {
  readonly engine: 'onnx' | 'reference'
  readonly device: 'cpu'
  /** Threads of one operation; the reference always takes one. */
  readonly threads: number
}

/** Opens an engine on a device. */
export async function openBackend({ engine, threads }: BackendOptions): Promise<Backend> {
  return engine === 'reference' ? referenceBackend : openOnnx(threads)
}
