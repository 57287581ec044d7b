import type { Node, Shape } from '../compute/graph'

/** Parameters of one model by their names in a weight file. */
export type Weights = Readonly<Record<string, Node>>
export type ParameterShapes = Readonly<Record<string, Shape>>

/** H, F, K, D (D_x) and D_y; what a kind does not have is not read. */
export interface Sizes {
  hidden: number
  factors: number
  mappings: number
  inputs: number
  targets: number
}
