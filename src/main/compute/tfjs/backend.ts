import type { Backend, Executable } from '../engine'
import { checkedInput } from '../feeds'
import { inputName } from '../graph'
import type { Graph } from '../graph'
import { plan } from '../plan'
import { simplify } from '../simplify'
import { float32 } from '../tensor'
import type { Tensor } from '../tensor'
import { compileEager } from './eager'
import { evaluateGraph } from './evaluateGraph'
import { disposeAll, floatsOf, toTfjs } from './tensors'
import type { Tfjs } from './tfjs'

function compile(tf: Tfjs, graph: Graph): Promise<Executable> {
  const named = graph.inputs.map((node) => ({ node, name: inputName(node) as string }))
  const steps = plan(simplify(graph))
  return Promise.resolve({
    run: async (inputs) => {
      const checked = named.map(({ node, name }) => [name, checkedInput(node, name, inputs)] as const)
      const results = tf.tidy(() =>
        evaluateGraph(tf, steps, Object.fromEntries(checked.map(([name, tensor]) => [name, toTfjs(tf, tensor)]))),
      )
      const copies: Record<string, Tensor> = {}
      for (const [name, { shape }] of Object.entries(graph.outputs)) {
        copies[name] = float32(await floatsOf(results[name]), shape)
      }
      disposeAll(results)
      return copies
    },
    dispose: () => Promise.resolve(),
  })
}

/** TensorFlow.js in float32: walks a graph eagerly. @param tf with its engine chosen */
export const tfjsBackend = (tf: Tfjs, device: string, versions: Readonly<Record<string, string>>): Backend => ({
  engine: 'tfjs',
  device,
  dtype: 'float32',
  versions,
  compile: (graph) => compile(tf, graph),
  compileSteps: (stepGraph, data) => compileEager(tf, stepGraph, data),
})
