import type { StepGraph, StepRunner } from '../engine'
import { checkedInput, checkedInputs } from '../feeds'
import { input, inputOf } from '../graph'
import type { Graph } from '../graph'
import { concat } from '../ops/concat'
import { reshape } from '../ops/reshape'
import { slice } from '../ops/slice'
import { graphError, sizeOf } from '../shapes'
import { float32 } from '../tensor'
import type { Tensor, Tensors } from '../tensor'
import { plainGraph } from './plainGraph'
import { createSession } from './session'
import type { SessionOptions } from './session'
import { StepFeeds } from './stepFeeds'
import { Download, release, typeOnDevice, Upload } from './transfer'
import type { DeviceTensors, Inputs } from './transfer'
import { resultName } from './writer'

/**
 * Most steps that are fed together and whose scalars are fetched together: at each step, either would take a GPU longer
 * than it computes.
 */
const mostSteps = 16
/** What may be fed together, in bytes. */
const mostBytes = 2 ** 25
const bytesOf = { float32: 4, int32: 4, uint8: 1 }
/** State of the scalars of the last steps; a colon keeps it apart from the names of a step graph. */
const recent = ':recent'

/** The step with its scalars kept in a state [scalars, window], the last step's in its last column. */
function recording({ graph, state }: StepGraph, scalars: readonly string[], window: number): Graph {
  const before = input(recent, [scalars.length, window])
  const latest = concat(
    scalars.map((name) => reshape(graph.outputs[name], [1, 1])),
    0,
  )
  const after = concat([slice(before, 1, 1, window), latest], 1)
  const outputs = Object.fromEntries(state.map((name) => [name, graph.outputs[name]]))
  return { inputs: [...graph.inputs, before], outputs: { ...outputs, [recent]: after } }
}

/**
 * The `stepwise` driver: one call of the engine a step; data and state stay on the device, and many steps are fed and give
 * their scalars together. On WebGPU an ONNX Loop would fetch its carried state wherever one node of its body runs on the CPU
 * (onnxruntime#27796).
 */
export async function compileStepwise(asked: StepGraph, data: Tensors, options: SessionOptions): Promise<StepRunner> {
  const { data: fixed, perStep } = asked
  const scalars = Object.keys(asked.graph.outputs).filter((name) => !asked.state.includes(name))
  const inputsOf = (of: Graph, names: readonly string[]): Inputs =>
    Object.fromEntries(names.map((name) => [name, inputOf(of, name)]))
  const stepInputs = inputsOf(asked.graph, perStep)
  const bytes = Object.values(stepInputs).reduce((sum, { dtype, shape }) => sum + sizeOf(shape) * bytesOf[dtype], 0)
  const window = Math.max(2, Math.min(mostSteps, Math.floor(mostBytes / bytes)))
  const { graph, file } = plainGraph(recording(asked, scalars, window))
  const carried = [...asked.state, recent]
  const inputs = file.inputs.map((value) => ({ ...value, type: typeOnDevice(inputOf(graph, value.name).dtype) }))
  const session = await createSession({ ...file, inputs }, { ...options, kept: carried.map(resultName) })
  const shapesOf = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, inputOf(graph, name).shape]))
  const states = await Upload.open(inputsOf(graph, carried), options)
  const images = await Upload.open(inputsOf(graph, fixed), options)
  const feeds = await StepFeeds.open(stepInputs, window, options)
  const back = await Download.open(shapesOf(asked.state), options)
  const scalarsBack = await Download.open(shapesOf([recent]), options)
  let constants = await images.carry(checkedInputs(graph, fixed, data))
  let state: DeviceTensors = {}

  return {
    setState: async (next) => {
      const checked = checkedInputs(graph, asked.state, next)
      const nothing = float32(new Float32Array(scalars.length * window), [scalars.length, window])
      release(state)
      state = await states.carry({ ...checked, [recent]: nothing })
    },
    setData: async (next) => {
      const checked = checkedInputs(graph, fixed, next)
      release(constants)
      constants = await images.carry(checked)
    },
    run: async (steps, fed) => {
      for (const name of carried) if (!(name in state)) throw graphError('run', `input ${name} is missing`)
      for (const name of perStep) {
        const node = inputOf(graph, name)
        checkedInput(node, name, fed, [steps, ...node.shape])
      }
      const series = Object.fromEntries(scalars.map((name) => [name, new Float32Array(steps)]))
      for (let start = 0; start < steps; start += window) {
        const count = Math.min(window, steps - start)
        const rows = await feeds.carry(fed, start)
        for (let step = 0; step < count; step++) {
          const results = await session.run({ ...constants, ...state, ...feeds.stepOf(rows, step) })
          release(state)
          state = Object.fromEntries(carried.map((name) => [name, results[resultName(name)]]))
        }
        release(rows)
        const { [recent]: values } = await scalarsBack.carry(state)
        scalars.forEach((name, row) => {
          series[name].set(values.subarray((row + 1) * window - count, (row + 1) * window), start)
        })
      }
      return series
    },
    getState: async () => {
      const values = await back.carry(state)
      return Object.fromEntries(
        asked.state.map((name): [string, Tensor] => [name, float32(values[name], inputOf(graph, name).shape)]),
      )
    },
    dispose: async () => {
      release(state)
      release(constants)
      // Only now: the tensors' memory was the sessions'.
      await Promise.all([
        session.release(),
        ...[states, images, feeds, back, scalarsBack].map((each) => each.dispose()),
      ])
    },
  }
}
