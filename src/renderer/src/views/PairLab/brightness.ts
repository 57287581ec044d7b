import type { Brightness } from '../../../../shared/scores'
import type { ModelView } from '../../../../shared/views'
import { statistics } from '../../charts/limits'
import { formatDigits } from '../../../../shared/numbers'

/** Standard deviations from the training images beyond which a mean counts as far. */
const far = 4

/**
 * Why an image looks like the negative of what the model was trained on, in words; null where it does not. Its mean must
 * lie far from theirs, and the inverted image's nearer.
 */
export function invertReason({ pixels }: Pick<ModelView, 'pixels'>, training: Brightness | null): string | null {
  if (training === null) return null
  const { mean } = statistics(pixels)
  const distance = Math.abs(mean - training.mean)
  // Training images of one brightness would make any other far.
  if (distance <= far * Math.max(training.std, 0.02) || Math.abs(1 - mean - training.mean) >= distance) return null
  const [own, theirs, std] = [mean, training.mean, training.std].map((value) => formatDigits(value, 2))
  return `Mean ${own}; training images ${theirs} ± ${std}.`
}
