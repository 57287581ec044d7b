import type { Node } from '../../src/main/compute/graph'
import type { Units } from '../../src/main/models/kinds/kind'
import { modelKinds } from '../../src/main/models/kinds/registry'
import { visibleMean } from '../../src/main/models/visible'
import type { Weights } from '../../src/main/models/weights'
import type { ModelDescription } from '../../src/shared/model'

export interface PairParts extends Units {
  linearX: Node
  linearY: Node
  /** r(y|x) [B, Dy] and r(x|y) [B, Dx] */
  reconstructionX: Node
  reconstructionY: Node
}

/** The forward equations of a model of pairs. @param x [B, Dx] @param y [B, Dy] */
export function pairModel(description: ModelDescription, w: Weights, x: Node, y: Node): PairParts {
  const { linear, ...units } = modelKinds[description.kind].forward(description, w, x, y)
  if (linear.y === null) throw new TypeError(`a model of kind ${description.kind} reconstructs no y`)
  return {
    ...units,
    linearX: linear.x,
    linearY: linear.y,
    reconstructionX: visibleMean(description.visible, linear.x),
    reconstructionY: visibleMean(description.visible, linear.y),
  }
}
