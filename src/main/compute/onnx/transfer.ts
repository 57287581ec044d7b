import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { DType, Node } from '../graph'
import type { Shape } from '../shapes'
import type { Tensors } from '../tensor'
import { typeNumbers } from './model'
import { node } from './node'
import type { OnnxConstant, OnnxNode, OnnxValue } from './node'
import { createSession, floatsOf, toOrt } from './session'
import type { SessionOptions } from './session'

/** Arrays by name that lie on a device. */
export type DeviceTensors = Readonly<Record<string, OrtTensor>>

/** Inputs of a graph by name. */
export type Inputs = Readonly<Record<string, Pick<Node, 'dtype' | 'shape'>>>

export function release(tensors: DeviceTensors): void {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}

/** What an array is on a device: WebGPU computes with no bytes, so they become floats on their way. */
export const typeOnDevice = (dtype: DType): 'float32' | 'int32' => (dtype === 'int32' ? 'int32' : 'float32')

/** A value as another type. The binding can make no tensor on a device: only a node's result can be there. */
export const castNode = (input: string, type: 'float32' | 'int32', output: string): OnnxNode =>
  node('Cast', [input], output, { to: { int: typeNumbers[type] } })

/** A session whose results stay on the device. */
export function keepingSession(
  parts: { inputs: readonly OnnxValue[]; outputs: readonly OnnxValue[]; nodes: readonly OnnxNode[] },
  options: SessionOptions,
  constants: readonly OnnxConstant[] = [],
): Promise<InferenceSession> {
  const kept = parts.outputs.map(({ name }) => name)
  return createSession({ name: 'upload', ...parts, constants }, { ...options, kept })
}

const moved = (name: string): string => `${name}:moved`

/**
 * Carries named arrays to a device. What it carried must be released before it is disposed of: a tensor's memory
 * belongs to the session that made it, and to free it later ends the process.
 */
export class Upload {
  private constructor(
    private readonly session: InferenceSession,
    private readonly names: readonly string[],
  ) {}

  static async open(inputs: Inputs, options: SessionOptions): Promise<Upload> {
    const entries = Object.entries(inputs)
    const parts = {
      inputs: entries.map(([name, { dtype, shape }]) => ({ name, type: dtype, shape })),
      outputs: entries.map(([name, { dtype, shape }]) => ({ name: moved(name), type: typeOnDevice(dtype), shape })),
      nodes: entries.map(([name, { dtype }]) => castNode(name, typeOnDevice(dtype), moved(name))),
    }
    return new Upload(await keepingSession(parts, options), Object.keys(inputs))
  }

  async carry(tensors: Tensors): Promise<DeviceTensors> {
    const results = await this.session.run(Object.fromEntries(this.names.map((name) => [name, toOrt(tensors[name])])))
    return Object.fromEntries(this.names.map((name) => [name, results[moved(name)]]))
  }

  dispose(): Promise<void> {
    return this.session.release()
  }
}

/** Carries named float arrays back from a device: the binding's own way (`getData`) ends the process. */
export class Download {
  private constructor(
    private readonly session: InferenceSession,
    private readonly names: readonly string[],
  ) {}

  static async open(shapes: Readonly<Record<string, Shape>>, options: SessionOptions): Promise<Download> {
    const names = Object.keys(shapes)
    const values = (as: (name: string) => string) =>
      names.map((name) => ({ name: as(name), type: 'float32' as const, shape: shapes[name] }))
    const graph = {
      name: 'download',
      inputs: values((name) => name),
      outputs: values(moved),
      constants: [],
      nodes: names.map((name) => node('Identity', [name], moved(name))),
    }
    return new Download(await createSession(graph, options), names)
  }

  async carry(tensors: DeviceTensors): Promise<Record<string, Float32Array>> {
    const results = await this.session.run(Object.fromEntries(this.names.map((name) => [name, tensors[name]])))
    return Object.fromEntries(this.names.map((name) => [name, floatsOf(results[moved(name)])]))
  }

  dispose(): Promise<void> {
    return this.session.release()
  }
}
