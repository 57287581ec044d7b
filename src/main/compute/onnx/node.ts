/** An attribute of an ONNX node, tagged with its kind as the format wants it. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly graph: OnnxGraph }

/** A node of an ONNX graph as plain data. */
export interface OnnxNode {
  readonly type: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

export type OnnxType = 'float32' | 'float64' | 'uint8' | 'int32' | 'int64' | 'bool'

/** Name, type and shape of a graph's input or output; a named size is one that varies from run to run. */
export interface OnnxValue {
  readonly name: string
  readonly type: OnnxType
  readonly shape: readonly (number | string)[]
}

/** A constant of a graph. */
export interface OnnxConstant {
  readonly name: string
  readonly type: 'float32' | 'float64' | 'int64' | 'bool'
  readonly shape: readonly number[]
  readonly values: readonly number[]
}

export interface OnnxGraph {
  readonly name: string
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly constants: readonly OnnxConstant[]
  readonly nodes: readonly OnnxNode[]
}

/** What an operation may ask for while it writes its nodes. */
export interface OnnxScope {
  /** Name of a constant list of integers (axes, sizes). */
  ints(values: readonly number[]): string
  /** Name of a constant number, shape []. */
  float(value: number): string
  /** A fresh name for a value between two nodes. */
  temporary(): string
}

export const node = (
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OnnxNode => ({ type, inputs, outputs: [output], attributes })
