import { env } from 'onnxruntime-node'
import type { Backend, Executable } from '../engine'
import { checkedInput } from '../feeds'
import { inputName } from '../graph'
import type { Graph } from '../graph'
import { float32 } from '../tensor'
import { compileLoop } from './loop'
import { plainGraph } from './plainGraph'
import { createSession, floatsOf, toOrt } from './session'
import type { SessionOptions } from './session'
import { compileStepwise } from './stepwise'
import { resultName } from './writer'

async function compile(asked: Graph, options: SessionOptions): Promise<Executable> {
  const { graph, file } = plainGraph(asked)
  const named = graph.inputs.map((node) => ({ node, name: inputName(node) as string }))
  const session = await createSession(file, options)
  return {
    run: async (inputs) => {
      const feeds = named.map(({ node, name }) => [name, toOrt(checkedInput(node, name, inputs))])
      const results = await session.run(Object.fromEntries(feeds) as Record<string, ReturnType<typeof toOrt>>)
      const entries = Object.entries(graph.outputs).map(([name, { shape }]) => [
        name,
        float32(floatsOf(results[resultName(name)]), shape),
      ])
      return Object.fromEntries(entries) as Record<string, ReturnType<typeof float32>>
    },
    dispose: () => session.release(),
  }
}

/** onnxruntime in float32: all steps of a chunk in one call, but on WebGPU, which takes one a call. */
export const openOnnx = (options: SessionOptions): Backend => ({
  engine: 'onnx',
  device: options.device,
  dtype: 'float32',
  versions: { 'onnxruntime-node': env.versions.node ?? 'unknown' },
  compile: (graph) => compile(graph, options),
  compileSteps: (stepGraph, data) =>
    (options.device === 'webgpu' ? compileStepwise : compileLoop)(stepGraph, data, options),
})
