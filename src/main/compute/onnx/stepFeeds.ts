import type { InferenceSession } from 'onnxruntime-node'
import { sizeOf } from '../shapes'
import type { Tensor, Tensors } from '../tensor'
import { node } from './node'
import type { SessionOptions } from './session'
import { toOrt } from './session'
import { castNode, keepingSession, typeOnDevice } from './transfer'
import type { DeviceTensors, Inputs } from './transfer'
import { OnnxWriter } from './writer'

const at = (name: string, step: number): string => `${name}:${step}`

/**
 * Carries what a number of steps are fed to a device in one call and takes it apart there: on a GPU each array that is
 * fed from outside costs about a millisecond, more than all that a step computes with it.
 */
export class StepFeeds {
  private constructor(
    private readonly session: InferenceSession,
    private readonly names: readonly string[],
    /** Most steps of a call. */
    private readonly steps: number,
  ) {}

  /** @param inputs of one step */
  static async open(inputs: Inputs, steps: number, options: SessionOptions): Promise<StepFeeds> {
    const entries = Object.entries(inputs)
    const writer = new OnnxWriter()
    for (const [name, { dtype, shape }] of entries) {
      const all = writer.temporary()
      // Taken apart as floats, for WebGPU slices nothing else; rows of a dataset are small enough to survive it.
      writer.nodes.push(castNode(name, 'float32', all))
      for (let step = 0; step < steps; step++) {
        const [row, shaped] = [writer.temporary(), writer.temporary()]
        const bounds = [[step], [step + 1], [0]].map((values) => writer.ints(values))
        writer.nodes.push(node('Slice', [all, ...bounds], row))
        writer.nodes.push(node('Reshape', [row, writer.ints(shape)], shaped))
        writer.nodes.push(castNode(shaped, typeOnDevice(dtype), at(name, step)))
      }
    }
    const parts = {
      inputs: entries.map(([name, { dtype, shape }]) => ({ name, type: dtype, shape: [steps, ...shape] })),
      outputs: entries.flatMap(([name, { dtype, shape }]) =>
        Array.from({ length: steps }, (_, step) => ({ name: at(name, step), type: typeOnDevice(dtype), shape })),
      ),
      nodes: writer.nodes,
    }
    return new StepFeeds(await keepingSession(parts, options, writer.constants), Object.keys(inputs), steps)
  }

  /**
   * What the steps from `start` on are fed, by `at(name, step)`; release it when they are done.
   * @param fed with a leading step axis
   */
  carry(fed: Tensors, start: number): Promise<DeviceTensors> {
    const parts = this.names.map((name) => [name, toOrt(part(fed[name], start, this.steps))])
    return this.session.run(Object.fromEntries(parts) as DeviceTensors)
  }

  /** The inputs of one step out of what was carried. */
  stepOf(carried: DeviceTensors, step: number): DeviceTensors {
    return Object.fromEntries(this.names.map((name) => [name, carried[at(name, step)]]))
  }

  dispose(): Promise<void> {
    return this.session.release()
  }
}

/** `steps` steps from `start` on; zeros after the last one. */
function part({ dtype, shape, data }: Tensor, start: number, steps: number): Tensor {
  const size = sizeOf(shape.slice(1))
  const found = data.subarray(start * size, (start + steps) * size)
  const whole = found.length === steps * size ? found : new (data.constructor as typeof Uint8Array)(steps * size)
  if (whole !== found) whole.set(found)
  return { dtype, shape: [steps, ...shape.slice(1)], data: whole } as Tensor
}
