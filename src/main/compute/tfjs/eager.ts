import type { StepGraph, StepRunner } from '../engine'
import { atStep, checkedInput, checkedInputs } from '../feeds'
import { inputOf } from '../graph'
import { plan } from '../plan'
import { graphError } from '../shapes'
import { simplify } from '../simplify'
import { float32 } from '../tensor'
import type { Tensor, Tensors } from '../tensor'
import { evaluateGraph } from './evaluateGraph'
import { disposeAll, floatsOf, toTfjs } from './tensors'
import type { Tfjs, TfjsTensor } from './tfjs'

type TfjsTensors = Record<string, TfjsTensor>

/** The `eager` driver: one operation after another, the state left on the device, the scalars read once a chunk. */
export function compileEager(tf: Tfjs, { state: carried, data: fixed, perStep, graph }: StepGraph, data: Tensors) {
  const tensors = (names: readonly string[], from: (name: string) => Tensor): TfjsTensors =>
    Object.fromEntries(names.map((name) => [name, toTfjs(tf, from(name))]))
  const steps = plan(simplify(graph))
  const scalars = Object.keys(graph.outputs).filter((name) => !carried.includes(name))
  const constantsOf = (from: Tensors) => tensors(fixed, (name) => from[name])
  let constants = constantsOf(data)
  let state: TfjsTensors = {}

  /** @returns the scalars of a step */
  function step(fed: Tensors, at: number): TfjsTensors {
    const results = tf.tidy(() =>
      evaluateGraph(tf, steps, { ...constants, ...state, ...tensors(perStep, (name) => atStep(fed[name], at)) }),
    )
    disposeAll(state)
    state = Object.fromEntries(carried.map((name) => [name, results[name]]))
    return Object.fromEntries(scalars.map((name) => [name, results[name]]))
  }

  const runner: StepRunner = {
    setState: (next) => {
      const checked = checkedInputs(graph, carried, next)
      disposeAll(state)
      state = tensors(carried, (name) => checked[name])
    },
    setData: (next) => {
      const checked = checkedInputs(graph, fixed, next)
      disposeAll(constants)
      constants = constantsOf(checked)
    },
    run: async (count, fed) => {
      for (const name of carried) if (!(name in state)) throw graphError('run', `input ${name} is missing`)
      for (const name of perStep) {
        const node = inputOf(graph, name)
        checkedInput(node, name, fed, [count, ...node.shape])
      }
      const results = Array.from({ length: count }, (_, at) => step(fed, at))
      const series: Record<string, Float32Array> = {}
      for (const name of scalars) {
        const all = tf.stack(results.map((result) => result[name]))
        series[name] = await floatsOf(all)
        all.dispose()
      }
      results.forEach(disposeAll)
      return series
    },
    getState: async () => {
      const copies: Record<string, Tensor> = {}
      for (const [name, tensor] of Object.entries(state)) {
        copies[name] = float32(await floatsOf(tensor), graph.outputs[name].shape)
      }
      return copies
    },
    dispose: () => {
      disposeAll(state)
      disposeAll(constants)
      state = {}
      return Promise.resolve()
    },
  }
  return Promise.resolve(runner)
}
