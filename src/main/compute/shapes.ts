import { WorkbenchError } from '../../shared/errors'

/** Sizes of the axes, outermost first; a scalar is []. */
export type Shape = readonly number[]

export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1)

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((size, i) => size === b[i])

export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`

/** An error in how a graph is put together: a fault of the program, not of its user. */
export function graphError(operation: string, message: string): WorkbenchError {
  return new WorkbenchError('GRAPH', `${operation}: ${message}`, {
    where: 'compute graph',
    remedy: 'Report this with the run’s spec.',
    exit: 1,
  })
}

/** numpy's rule: shapes aligned at the right; a size of 1 stretches. */
export function broadcastShapes(operation: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1) {
      throw graphError(operation, `${showShape(a)} and ${showShape(b)} do not broadcast`)
    }
    return left === 1 ? right : left
  })
}

/** Axes as non-negative numbers in ascending order, each once; -1 is the last. */
export function normalAxes(operation: string, axes: readonly number[], rank: number): number[] {
  const normal = axes.map((axis) => (axis < 0 ? axis + rank : axis))
  if (normal.some((axis) => !Number.isInteger(axis) || axis < 0 || axis >= rank)) {
    throw graphError(operation, `axes ${showShape(axes)} of ${rank} axes`)
  }
  return [...new Set(normal)].sort((a, b) => a - b)
}

/** The shape after a reduction over `axes`, which vanish or stay with size 1. */
export const reducedShape = (shape: Shape, axes: readonly number[], keepdims: boolean): Shape =>
  shape.flatMap((size, axis) => (!axes.includes(axis) ? [size] : keepdims ? [1] : []))
