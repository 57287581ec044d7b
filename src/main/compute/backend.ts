import { WorkbenchError } from '../../shared/errors'
import { openOnnx } from './onnx/backend'
import { referenceBackend } from './reference/backend'
import { openTfjs } from './tfjs/open'
import { openTensorflow } from './tfjs/tensorflow'
import type { Backend } from './engine'

export type { Backend, Executable } from './engine'
export type { Tensor, Tensors } from './tensor'

export interface BackendOptions {
  readonly engine: string
  readonly device: string
  /** Threads of one operation on the CPU; the reference and tfjs always take one. */
  readonly threads: number
}

/**
 * Opens an engine on a device.
 * @throws WorkbenchError ENGINE_UNKNOWN, or the engine's own where the machine lacks the device
 */
export async function openBackend({ engine, device, threads }: BackendOptions): Promise<Backend> {
  switch (`${engine} ${device}`) {
    case 'onnx cpu':
    case 'onnx webgpu':
    case 'onnx cuda':
      return openOnnx({ device: device as 'cpu' | 'webgpu' | 'cuda', threads })
    case 'tfjs tensorflow':
      return openTensorflow()
    case 'tfjs cpu':
    case 'tfjs wasm':
      return openTfjs(device as 'cpu' | 'wasm')
    case 'reference cpu':
      return referenceBackend
  }
  throw new WorkbenchError('ENGINE_UNKNOWN', `No engine ${engine} on ${device}`, {
    remedy: 'See the list of devices, or leave the choice to auto.',
  })
}
