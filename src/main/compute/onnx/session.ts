import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { WorkbenchError } from '../../../shared/errors'
import { graphError } from '../shapes'
import type { Tensor } from '../tensor'
import { encodeModel } from './model'
import type { OnnxGraph } from './node'

/** Where onnxruntime computes; what a device cannot do, it does on the CPU beside it. */
export type OnnxDevice = 'cpu' | 'webgpu' | 'cuda'

export interface SessionOptions {
  readonly device: OnnxDevice
  /** Threads of one operation on the CPU; operations run one after another. */
  readonly threads: number
  /** Outputs that stay on the device, as tensors that other sessions of it take; the others are copied back. */
  readonly kept?: readonly string[]
}

/**
 * An onnxruntime session of a graph.
 * @throws WorkbenchError ENGINE where onnxruntime refuses the graph or has no such device
 */
export async function createSession(
  graph: OnnxGraph,
  { device, threads, kept = [] }: SessionOptions,
): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(encodeModel(graph), {
      executionProviders: [device],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      ...(kept.length > 0
        ? { preferredOutputLocation: Object.fromEntries(kept.map((name) => [name, 'gpu-buffer' as const])) }
        : {}),
    })
  } catch (cause) {
    const reason = reasonOf(cause as Error)
    const [message, remedy] =
      device === 'cpu'
        ? [`onnxruntime refused a graph: ${reason}`, 'Report this with the run’s spec.']
        : [`no ${device} was found: ${reason}`, 'It needs a GPU and its driver; else choose cpu.']
    throw new WorkbenchError('ENGINE', message, { where: `onnx on ${device}`, remedy, exit: 1, cause })
  }
}

/** onnxruntime's own message without the place in its source before it. */
const reasonOf = ({ message }: Error): string => message.split(' was false. ').at(-1)?.trim() ?? message

/** A tensor as onnxruntime takes it; float64 is rounded to float32. Arrays are handed over without a copy. */
export function toOrt({ dtype, shape, data }: Tensor): OrtTensor {
  switch (dtype) {
    case 'float32':
      return new OrtTensor('float32', data, shape)
    case 'float64':
      return new OrtTensor('float32', Float32Array.from(data), shape)
    case 'uint8':
      return new OrtTensor('uint8', data, shape)
    case 'int32':
      return new OrtTensor('int32', data, shape)
  }
}

export const tripCount = (steps: number): OrtTensor => new OrtTensor('int64', BigInt64Array.of(BigInt(steps)), [])

export function floatsOf(value: OrtTensor): Float32Array {
  if (!(value.data instanceof Float32Array)) throw graphError('run', `a result is ${value.type}, not float32`)
  return value.data
}
