import { constant, type Node } from '../compute/graph'
import { broadcastTo, logcosh, mul, relu, scale, sigmoid, softplus, square, step, sub, tanh } from '../compute/ops'
import type { Activation } from '../../shared/kinds/keys'

/** σ(u), element-wise: the activation of mapping and hidden units. */
export function activate(activation: Activation, u: Node): Node {
  switch (activation) {
    case 'sigmoid':
      return sigmoid(u)
    case 'tanh':
      return tanh(u)
    case 'relu':
      return relu(u)
    case 'linear':
      return u
  }
}

/** S(u), element-wise, with S' = σ: softplus(u), log cosh(u), max(0, u)²/2, u²/2. */
export function potential(activation: Activation, u: Node): Node {
  switch (activation) {
    case 'sigmoid':
      return softplus(u)
    case 'tanh':
      return logcosh(u)
    case 'relu':
      return scale(square(relu(u)), 0.5)
    case 'linear':
      return scale(square(u), 0.5)
  }
}

/** σ'(u), element-wise: σ(1 - σ), 1 - tanh², 1 where u > 0, 1. */
export function slope(activation: Activation, u: Node): Node {
  switch (activation) {
    case 'sigmoid': {
      const h = sigmoid(u)
      return mul(h, sub(1, h))
    }
    case 'tanh':
      return sub(1, square(tanh(u)))
    case 'relu':
      return step(u)
    case 'linear':
      return broadcastTo(constant(1), u.shape)
  }
}
