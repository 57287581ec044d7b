import { openBackend } from '../../src/main/compute/backend'
import { graph, type Node } from '../../src/main/compute/graph'
import type { Tensors } from '../../src/main/compute/tensor'

/** Values of nodes in float64. */
export async function valuesOf(outputs: Record<string, Node>, inputs: Tensors): Promise<Record<string, Float64Array>> {
  const backend = await openBackend({ engine: 'reference', device: 'cpu', threads: 1 })
  const executable = await backend.compile(graph(outputs))
  const results = await executable.run(inputs)
  await executable.dispose()
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Float64Array.from(data)]))
}
