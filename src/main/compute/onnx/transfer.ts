import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { Shape } from '../shapes'
import type { Tensors } from '../tensor'
import { node } from './node'
import { createSession, floatsOf, toOrt } from './session'
import type { SessionOptions } from './session'

/** Float arrays by name that lie on a device. */
export type DeviceTensors = Readonly<Record<string, OrtTensor>>

export function release(tensors: DeviceTensors): void {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}

/**
 * Carries named float arrays to a device and back. A graph that does nothing does it: the binding can neither make a
 * tensor on a device nor read one there (its `getData` ends the process).
 */
export class Transfer {
  private constructor(
    private readonly up: InferenceSession,
    private readonly down: InferenceSession,
  ) {}

  static async open(shapes: Readonly<Record<string, Shape>>, options: SessionOptions): Promise<Transfer> {
    const names = Object.keys(shapes)
    const values = (suffix: string) =>
      names.map((name) => ({ name: `${name}${suffix}`, type: 'float32' as const, shape: shapes[name] }))
    const graph = {
      name: 'transfer',
      inputs: values(''),
      outputs: values(':moved'),
      constants: [],
      nodes: names.map((name) => node('Identity', [name], `${name}:moved`)),
    }
    const up = await createSession(graph, { ...options, kept: graph.outputs.map(({ name }) => name) })
    return new Transfer(up, await createSession(graph, options))
  }

  async toDevice(tensors: Tensors): Promise<DeviceTensors> {
    const results = await this.up.run(Object.fromEntries(this.names.map((name) => [name, toOrt(tensors[name])])))
    return Object.fromEntries(this.names.map((name) => [name, results[`${name}:moved`]]))
  }

  async fromDevice(tensors: DeviceTensors): Promise<Record<string, Float32Array>> {
    const results = await this.down.run({ ...tensors })
    return Object.fromEntries(this.names.map((name) => [name, floatsOf(results[`${name}:moved`])]))
  }

  async dispose(): Promise<void> {
    await this.up.release()
    await this.down.release()
  }

  private get names(): readonly string[] {
    return this.up.inputNames
  }
}
