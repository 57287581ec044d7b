import type { Activation } from '../../shared/spec'
import type { Node } from '../compute/graph'
import { logcosh, relu, scale, sigmoid, softplus, square, tanh } from '../compute/ops'

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
