import { availableParallelism, cpus } from 'node:os'
import type { Device } from '../../shared/devices'

/** An engine and device that this machine may have; plain data, which loads no engine. */
export interface Candidate {
  readonly engine: string
  readonly device: string
  readonly name: string
  readonly dtype: string
  /** What it is, in a word or two. */
  readonly note: string
  /** Seconds that opening and testing it may take before it counts as broken. */
  readonly patience: number
}

/** The reference judges the others and trains nothing, however fast it is at one small step. */
export const isJudge = ({ engine }: { engine: string }): boolean => engine === 'reference'

/** All engines and devices that the workbench knows, the one that always works first. */
export function knownCandidates(): Candidate[] {
  const threads = availableParallelism()
  const cpu = cpus()[0]?.model.trim() ?? 'CPU'
  return [
    {
      engine: 'onnx',
      device: 'cpu',
      name: `${cpu}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      dtype: 'float32',
      note: 'onnxruntime',
      patience: 120,
    },
    {
      engine: 'onnx',
      device: 'webgpu',
      name: 'GPU by WebGPU (Vulkan, Metal, Direct3D 12)',
      dtype: 'float32',
      note: 'onnxruntime',
      patience: 120,
    },
    {
      engine: 'onnx',
      device: 'cuda',
      name: 'NVIDIA GPU by CUDA 12',
      dtype: 'float32',
      note: 'onnxruntime',
      patience: 120,
    },
    {
      engine: 'tfjs',
      device: 'tensorflow',
      name: 'NVIDIA GPU by CUDA 11.2',
      dtype: 'float32',
      note: 'TensorFlow',
      // For cards newer than CUDA 11.2 its kernels are compiled at first use.
      patience: 300,
    },
    {
      engine: 'reference',
      device: 'cpu',
      name: `${cpu}, 1 thread`,
      dtype: 'float64',
      note: 'plain TypeScript, the judge of the others',
      patience: 120,
    },
  ]
}

/** A candidate that does not work. @param why in words */
export const failedDevice = ({ engine, device, name, dtype, note }: Candidate, why: string): Device => ({
  engine,
  device,
  name,
  dtype,
  works: false,
  why: `${note}; ${why}`,
  deviation: null,
  stepMilliseconds: null,
})
