import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { Shape } from '../shapes'
import type { Tensors } from '../tensor'
import { node } from './node'
import type { OnnxGraph } from './node'
import { createSession, floatsOf, toOrt } from './session'
import type { SessionOptions } from './session'

/** Float arrays by name that lie on a device. */
export type DeviceTensors = Readonly<Record<string, OrtTensor>>

export function release(tensors: DeviceTensors): void {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}

const moved = ':moved'

/** A graph that does nothing: the binding can neither make a tensor on a device nor read one there (`getData` ends the process). */
function carrier(shapes: Readonly<Record<string, Shape>>): OnnxGraph {
  const names = Object.keys(shapes)
  const values = (suffix: string) =>
    names.map((name) => ({ name: `${name}${suffix}`, type: 'float32' as const, shape: shapes[name] }))
  return {
    name: 'transfer',
    inputs: values(''),
    outputs: values(moved),
    constants: [],
    nodes: names.map((name) => node('Identity', [name], `${name}${moved}`)),
  }
}

/**
 * Carries named float arrays to a device. What it carried must be released before it is disposed of: a tensor's memory
 * belongs to the session that made it, and to free it later ends the process.
 */
export class Upload {
  private constructor(
    private readonly session: InferenceSession,
    private readonly names: readonly string[],
  ) {}

  static async open(shapes: Readonly<Record<string, Shape>>, options: SessionOptions): Promise<Upload> {
    const graph = carrier(shapes)
    const session = await createSession(graph, { ...options, kept: graph.outputs.map(({ name }) => name) })
    return new Upload(session, Object.keys(shapes))
  }

  async carry(tensors: Tensors): Promise<DeviceTensors> {
    const results = await this.session.run(Object.fromEntries(this.names.map((name) => [name, toOrt(tensors[name])])))
    return Object.fromEntries(this.names.map((name) => [name, results[`${name}${moved}`]]))
  }

  dispose(): Promise<void> {
    return this.session.release()
  }
}

/** Carries named float arrays back from a device. */
export class Download {
  private constructor(
    private readonly session: InferenceSession,
    private readonly names: readonly string[],
  ) {}

  static async open(shapes: Readonly<Record<string, Shape>>, options: SessionOptions): Promise<Download> {
    return new Download(await createSession(carrier(shapes), options), Object.keys(shapes))
  }

  async carry(tensors: DeviceTensors): Promise<Record<string, Float32Array>> {
    const results = await this.session.run({ ...tensors })
    return Object.fromEntries(this.names.map((name) => [name, floatsOf(results[`${name}${moved}`])]))
  }

  dispose(): Promise<void> {
    return this.session.release()
  }
}
