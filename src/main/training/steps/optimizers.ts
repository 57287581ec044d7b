import type { OptimizerSpec } from '../../../shared/spec/schema'
import { gradients } from '../../compute/gradient'
import { constant, input, type Node } from '../../compute/graph'
import { add, div, mul, neg, relu, scale, sqrt, square, sub, sum } from '../../compute/ops'
import { isWeight } from '../../models/parameters'
import type { Weights } from '../../models/weights'

/** Decay rates and floor of Adam (Kingma & Ba 2015, section 2, the form with "epsilon hat"). */
const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8]

/** One update of all parameters as a graph: the new value of every carried input, by its name. */
export interface Update {
  outputs: Record<string, Node>
  /** Carried inputs beside the parameters and what they start from: zero, in these shapes. */
  memory: Record<string, readonly number[]>
}

export type UpdateRule = Pick<OptimizerSpec, 'kind' | 'momentum' | 'weightDecay' | 'maxNorm'>

/**
 * The update that lowers `loss`; then filters longer than `maxNorm` are scaled down to it.
 * @param rate scalar, of `stepRates` @param filters names of the matrices whose rows `maxNorm` limits
 */
export function update(
  rule: UpdateRule,
  loss: Node,
  parameters: Weights,
  rate: Node,
  filters: readonly string[] = [],
): Update {
  const step = rule.kind === 'sgd' ? sgd(rule, loss, parameters, rate) : adam(rule, loss, parameters, rate)
  if (rule.maxNorm !== null) {
    for (const name of filters) step.outputs[name] = rowsWithin(step.outputs[name], rule.maxNorm)
  }
  return step
}

/** Each row scaled down to a norm of at most `most`; shorter rows stay as they are. @param w [rows, columns] */
function rowsWithin(w: Node, most: number): Node {
  const norms = sqrt(sum(square(w), [1], true))
  return mul(w, div(most, add(relu(sub(norms, most)), most)))
}

/**
 * v' = momentum v - rate (∂loss/∂w + decay w); w' = w + v'. The rate enters as the seed of the gradient, so every
 * gradient arrives as an update and the large arrays are not scaled once more.
 */
function sgd({ momentum, weightDecay }: UpdateRule, loss: Node, parameters: Weights, rate: Node): Update {
  const step: Update = { outputs: {}, memory: {} }
  const names = Object.keys(parameters)
  const steps = gradients(
    loss,
    names.map((name) => parameters[name]),
    neg(rate),
  )
  names.forEach((name, index) => {
    const w = parameters[name]
    const velocity = carried(step, `velocity/${name}`, w)
    let next = add(scale(velocity, momentum), steps[index])
    if (weightDecay > 0 && isWeight(w.shape)) next = sub(next, mul(w, scale(rate, weightDecay)))
    step.outputs[`velocity/${name}`] = next
    step.outputs[name] = add(w, next)
  })
  return step
}

/** m' = β1 m + (1-β1) g; v' = β2 v + (1-β2) g²; w' = w - rate m' / (√v' + ε), g = ∂loss/∂w + decay w. */
function adam({ weightDecay }: UpdateRule, loss: Node, parameters: Weights, rate: Node): Update {
  const step: Update = { outputs: {}, memory: {} }
  const names = Object.keys(parameters)
  const slopes = gradients(
    loss,
    names.map((name) => parameters[name]),
  )
  names.forEach((name, index) => {
    const w = parameters[name]
    const g = weightDecay > 0 && isWeight(w.shape) ? add(slopes[index], scale(w, weightDecay)) : slopes[index]
    const first = add(scale(carried(step, `first/${name}`, w), beta1), scale(g, 1 - beta1))
    const second = add(scale(carried(step, `second/${name}`, w), beta2), scale(square(g), 1 - beta2))
    step.outputs[`first/${name}`] = first
    step.outputs[`second/${name}`] = second
    step.outputs[name] = sub(w, div(mul(first, rate), add(sqrt(second), constant(epsilon))))
  })
  return step
}

function carried(step: Update, name: string, like: Node): Node {
  step.memory[name] = like.shape
  return input(name, like.shape)
}

export type RateRule = Pick<OptimizerSpec, 'kind' | 'learningRate' | 'schedule'>

/**
 * Rates of the steps first .. first + count - 1 (counted from 0) of `total`: constant, or falling linearly to 0 in the
 * second half; Adam's bias corrections √(1-β2ᵗ)/(1-β1ᵗ) are part of the rate.
 * @returns [count]
 */
export function stepRates(rule: RateRule, first: number, count: number, total: number): Float32Array {
  return Float32Array.from({ length: count }, (_, offset) => {
    const step = first + offset
    const share = rule.schedule === 'linear' ? Math.min(1, (2 * (total - step)) / total) : 1
    const t = step + 1
    const correction = rule.kind === 'adam' ? Math.sqrt(1 - beta2 ** t) / (1 - beta1 ** t) : 1
    return rule.learningRate * share * correction
  })
}
