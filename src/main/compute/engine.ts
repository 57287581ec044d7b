import type { Graph } from './graph'
import type { Tensor, Tensors } from './tensor'

/** A graph made ready to run. */
export interface Executable {
  /** Runs once: every input of the graph by name, every output back by name. */
  run(inputs: Tensors): Promise<Record<string, Tensor>>
  dispose(): Promise<void>
}

/** One step of a computation that is run many times, its state carried from step to step. */
export interface StepGraph {
  /** Inputs that are carried: outputs of the same names are the next step's values. */
  readonly state: readonly string[]
  /** Inputs that stay the same over all steps, as the [N, D] images. */
  readonly data: readonly string[]
  /** Inputs that are fed with a leading step axis: row indices [S, B], corruption draws [S, B, D], learning rate [S]. */
  readonly perStep: readonly string[]
  /** Outputs: every state name, and scalars that come back for each step. */
  readonly graph: Graph
}

/** A step graph made ready; holds its state between calls. */
export interface StepRunner {
  setState(state: Tensors): void | Promise<void>
  /** Puts other data of the same shapes in the place of what the steps were compiled with; the state stays. */
  setData(data: Tensors): void | Promise<void>
  /** Runs `steps` steps; gives each scalar output as [steps]. */
  run(steps: number, perStep: Tensors): Promise<Record<string, Float32Array | Float64Array>>
  /** A copy of the state after the last step. */
  getState(): Promise<Record<string, Tensor>>
  dispose(): Promise<void>
}

/** What makes single graphs ready to run, in one precision. */
export interface GraphCompiler {
  readonly dtype: 'float32' | 'float64'
  compile(graph: Graph): Promise<Executable>
}

/** An engine on a device. */
export interface Backend extends GraphCompiler {
  readonly engine: 'onnx' | 'reference' | 'tfjs'
  readonly device: string
  /** Versions of what computes, by package; empty where it is the workbench itself. */
  readonly versions: Readonly<Record<string, string>>
  /** The engine's way to run many steps; use `compileSteps` of driver.ts, which checks the parts first. */
  compileSteps(stepGraph: StepGraph, data: Tensors): Promise<StepRunner>
}
