import type { ModelDescription } from '../../shared/model'
import { input, type Shape } from '../compute/graph'
import { aeParameters } from './kinds/ae'
import { caeParameters } from './kinds/cae'
import { gaeParameters } from './kinds/gae'
import { mcaeParameters } from './kinds/mcae'
import type { ParameterShapes, Sizes, Weights } from './weights'

/** Names and shapes of a model's parameters, in the order of the weight file. */
export function parameterShapes(description: ModelDescription): ParameterShapes {
  const sizes: Sizes = {
    hidden: description.hidden ?? 0,
    factors: description.factors ?? 0,
    mappings: description.mappings ?? 0,
    inputs: description.inputs,
    targets: description.targets ?? description.inputs,
  }
  const { decoder } = description
  switch (description.kind) {
    case 'ae':
      return aeParameters(sizes, decoder)
    case 'cae':
      return caeParameters(sizes, decoder)
    case 'mcae':
      return mcaeParameters(sizes, decoder)
    case 'gae':
      return gaeParameters(sizes, description)
  }
}

/** Graph inputs for all parameters of a model. `prefix` keeps the models of several classes apart. */
export function weightInputs(description: ModelDescription, prefix = ''): Weights {
  const shapes = Object.entries(parameterShapes(description))
  return Object.fromEntries(shapes.map(([name, shape]) => [name, input(`${prefix}${name}`, shape)]))
}

/** Matrices whose rows are filters: what one hidden unit or factor looks for in an image. */
export const filterNames: readonly string[] = ['W', 'WF', 'WX', 'WY']

/** Weights decay, biases (c, b, b_m, b_x, b_y) do not: a weight is a matrix. */
export const isWeight = (shape: Shape): boolean => shape.length === 2
