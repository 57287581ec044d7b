import { openBackend, type Backend } from '../../src/main/compute/backend'

/** Engines that every machine has, to be held against the reference. */
export const engines = ['onnx', 'tfjs'] as const

export const openEngine = (engine: (typeof engines)[number] | 'reference'): Promise<Backend> =>
  openBackend({ engine, device: 'cpu', threads: 1 })
