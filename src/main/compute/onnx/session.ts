import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { WorkbenchError } from '../../../shared/errors'
import { graphError } from '../shapes'
import type { Tensor } from '../tensor'
import { encodeModel } from './model'
import type { OnnxGraph } from './node'

/**
 * An onnxruntime session of a graph on the CPU.
 * @param threads of one operation; operations run one after another
 * @throws WorkbenchError ENGINE where onnxruntime refuses the graph
 */
export async function createSession(graph: OnnxGraph, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(encodeModel(graph), {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    })
  } catch (cause) {
    throw new WorkbenchError('ENGINE', `onnxruntime refused a graph: ${(cause as Error).message}`, {
      where: 'onnx on cpu',
      remedy: 'Report this with the run’s spec.',
      exit: 1,
      cause,
    })
  }
}

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
