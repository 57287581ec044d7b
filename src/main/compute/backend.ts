import type { StepGraph, StepRunner } from './driver'
import type { Graph } from './graph'
import type { Tensors } from './tensor'

/** A graph made ready to run. */
export interface Executable {
  /** Runs once; every input of the graph by name, every output back by name. */
  run(inputs: Tensors): Promise<Record<string, import('./tensor').Tensor>>
  dispose(): Promise<void>
}

/** An engine on a device. */
export interface Backend {
  readonly engine: 'onnx' | 'reference' | 'tfjs'
  readonly device: string
  readonly dtype: 'float32' | 'float64'
  compile(graph: Graph): Promise<Executable>
  /** The engine's way to run many steps; use `compileSteps` of driver.ts, which checks the parts first. */
  compileSteps(stepGraph: StepGraph, data: Tensors): Promise<StepRunner>
}
