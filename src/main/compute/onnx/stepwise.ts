import type { StepGraph, StepRunner } from '../engine'
import { atStep, checkedInput, checkedInputs } from '../feeds'
import { inputOf } from '../graph'
import { graphError } from '../shapes'
import { float32 } from '../tensor'
import type { Tensor, Tensors } from '../tensor'
import { plainGraph } from './plainGraph'
import { createSession, floatsOf, toOrt } from './session'
import type { SessionOptions } from './session'
import { Download, release, Upload } from './transfer'
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
  const shapesOf = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, inputOf(graph, name).shape]))
  const [states, back] = [
    await Upload.open(shapesOf(carried), options),
    await Download.open(shapesOf(carried), options),
  ]
  // Images lie on the device; integers, which no `Upload` carries, are few.
  const floats = fixed.filter((name) => inputOf(graph, name).dtype === 'float32')
  const images = floats.length === 0 ? null : await Upload.open(shapesOf(floats), options)
  const rest = fixed.filter((name) => !floats.includes(name))
  let constants: DeviceTensors = {}
  let state: DeviceTensors = {}
  const feedData = async (given: Tensors) => {
    const checked = checkedInputs(graph, fixed, given)
    release(constants)
    constants = {
      ...(await images?.carry(checked)),
      ...Object.fromEntries(rest.map((name) => [name, toOrt(checked[name])])),
    }
  }
  await feedData(data)

  return {
    setState: async (next) => {
      const checked = checkedInputs(graph, carried, next)
      release(state)
      state = await states.carry(checked)
    },
    setData: feedData,
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
      const values = await back.carry(state)
      return Object.fromEntries(
        carried.map((name): [string, Tensor] => [name, float32(values[name], inputOf(graph, name).shape)]),
      )
    },
    dispose: async () => {
      release(state)
      release(constants)
      // Only now: the tensors' memory was the sessions'.
      await Promise.all([session.release(), states.dispose(), back.dispose(), images?.dispose()])
    },
  }
}
