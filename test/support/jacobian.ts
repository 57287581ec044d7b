import { gradients } from '../../src/main/compute/gradient'
import type { Node } from '../../src/main/compute/graph'
import { slice, sum } from '../../src/main/compute/ops'
import type { Tensors } from '../../src/main/compute/tensor'
import { valuesOf } from './reference'

/** The Jacobian of a field [1, D] by its input, in float64. @returns D rows of D numbers */
export async function jacobianOf(field: Node, by: Node, feeds: Tensors): Promise<number[][]> {
  const rows = Array.from({ length: field.shape[1]! }, (_, i): [string, Node] => [
    String(i),
    gradients(sum(slice(field, 1, i, i + 1)), [by])[0]!,
  ])
  const values = await valuesOf(Object.fromEntries(rows), feeds)
  return rows.map(([name]) => [...values[name]!])
}

/** ‖J - Jᵀ‖_F / ‖J‖_F: 0 for the gradient of an energy. */
export function asymmetry(jacobian: readonly (readonly number[])[]): number {
  let [difference, size] = [0, 0]
  jacobian.forEach((row, i) =>
    row.forEach((value, j) => {
      difference += (value - jacobian[j]![i]!) ** 2
      size += value ** 2
    }),
  )
  return Math.sqrt(difference / size)
}
