import type { StepGraph, StepRunner } from '../engine'
import { atStep, checkedInput, checkedInputs } from '../feeds'
import { inputOf } from '../graph'
import { graphError } from '../shapes'
import { float32 } from '../tensor'
import type { Tensor, Tensors } from '../tensor'
import { plainGraph } from './plainGraph'
import { createSession, floatsOf, toOrt } from './session'
import type { SessionOptions } from './session'
import { release, Transfer } from './transfer'
import type { DeviceTensors } from './transfer'
import { resultName } from './writer'

/**
 * The `stepwise` driver: one call of the engine a step; data and state stay on the device, the scalars come back. On
 * WebGPU an ONNX Loop would fetch its carried state wherever one node of its body runs on the CPU (onnxruntime#27796).
 */
export async function compileStepwise(asked: StepGraph, data: Tensors, options: SessionOptions): Promise<StepRunner> {
  const { state: carried, data: fixed, perStep } = asked
  const { graph, file } = plainGraph(asked.graph)
  const scalars = Object.keys(graph.outputs).filter((name) => !carried.includes(name))
  const session = await createSession(file, { ...options, kept: carried.map(resultName) })
  const shapes = Object.fromEntries(carried.map((name) => [name, inputOf(graph, name).shape]))
  const states = await Transfer.open(shapes, options)
  let constants = await onDevice(checkedInputs(graph, fixed, data), options)
  let state: DeviceTensors = {}

  return {
    setState: async (next) => {
      const checked = checkedInputs(graph, carried, next)
      release(state)
      state = await states.toDevice(checked)
    },
    setData: async (next) => {
      const checked = checkedInputs(graph, fixed, next)
      release(constants)
      constants = await onDevice(checked, options)
    },
    run: async (steps, fed) => {
      for (const name of carried) if (!(name in state)) throw graphError('run', `input ${name} is missing`)
      for (const name of perStep) {
        const node = inputOf(graph, name)
        checkedInput(node, name, fed, [steps, ...node.shape])
      }
      const series = Object.fromEntries(scalars.map((name) => [name, new Float32Array(steps)]))
      for (let step = 0; step < steps; step++) {
        const rows = Object.fromEntries(perStep.map((name) => [name, toOrt(atStep(fed[name], step))]))
        const results = await session.run({ ...constants, ...state, ...rows })
        release(state)
        state = Object.fromEntries(carried.map((name) => [name, results[resultName(name)]]))
        for (const name of scalars) series[name][step] = floatsOf(results[resultName(name)])[0]
      }
      return series
    },
    getState: async () => {
      const values = await states.fromDevice(state)
      return Object.fromEntries(
        carried.map((name): [string, Tensor] => [name, float32(values[name], inputOf(graph, name).shape)]),
      )
    },
    dispose: async () => {
      release(state)
      release(constants)
      await Promise.all([session.release(), states.dispose()])
    },
  }
}

/** Data that is fed to every step: images lie on the device, integers (which no `Transfer` carries) are few. */
async function onDevice(data: Tensors, options: SessionOptions): Promise<DeviceTensors> {
  const isFloat = ({ dtype }: Tensor) => dtype === 'float32' || dtype === 'float64'
  const floats = Object.entries(data).filter(([, tensor]) => isFloat(tensor))
  const others = Object.entries(data).filter(([, tensor]) => !isFloat(tensor))
  const rest = Object.fromEntries(others.map(([name, tensor]) => [name, toOrt(tensor)]))
  if (floats.length === 0) return rest
  const transfer = await Transfer.open(Object.fromEntries(floats.map(([name, { shape }]) => [name, shape])), options)
  try {
    return { ...(await transfer.toDevice(Object.fromEntries(floats))), ...rest }
  } finally {
    await transfer.dispose()
  }
}
