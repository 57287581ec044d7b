import type { ModelDescription } from '../../shared/model'
import { input, type Shape } from '../compute/graph'
import { modelKinds } from './kinds/registry'
import type { Parameter } from './kinds/kind'
import type { ParameterShapes, Weights } from './weights'

/** A model's parameters by name, in the order of the weight file. */
export function parametersOf(description: ModelDescription): Readonly<Record<string, Parameter>> {
  const { hidden, factors, mappings, inputs, targets, kind } = description
  return modelKinds[kind].parameters(
    { hidden: hidden ?? 0, factors: factors ?? 0, mappings: mappings ?? 0, inputs, targets: targets ?? inputs },
    description,
  )
}

export function parameterShapes(description: ModelDescription): ParameterShapes {
  const entries = Object.entries(parametersOf(description)).map(([name, { shape }]) => [name, shape])
  return Object.fromEntries(entries) as ParameterShapes
}

/** Graph inputs for all parameters of a model. `prefix` keeps the models of several classes apart. */
export function weightInputs(description: ModelDescription, prefix = ''): Weights {
  const shapes = Object.entries(parameterShapes(description))
  return Object.fromEntries(shapes.map(([name, shape]) => [name, input(`${prefix}${name}`, shape)]))
}

/** Matrices whose rows are filters: what one hidden unit or factor looks for in an image. */
export const filterNames = (description: ModelDescription): string[] =>
  Object.entries(parametersOf(description)).flatMap(([name, { filters }]) => (filters ? [name] : []))

/** Weights decay, biases (c, b, b_m, b_x, b_y) do not: a weight is a matrix. */
export const isWeight = (shape: Shape): boolean => shape.length === 2
