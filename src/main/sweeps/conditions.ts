import { applies } from '../../shared/spec/nodes'
import { getAt, type JsonObject } from '../../shared/spec/paths'

/** Keys that mean something only where another has a certain value. */
const conditions: readonly { keys: RegExp; means(spec: JsonObject): boolean }[] = [
  { keys: /^optimizer\.momentum$/, means: (spec) => getAt(spec, 'optimizer.kind') !== 'adam' },
  { keys: /^corruption\.(level|on)$/, means: (spec) => getAt(spec, 'corruption.kind') !== 'none' },
  { keys: /^contraction\.estimate$/, means: (spec) => (getAt(spec, 'contraction.weight') ?? 0) !== 0 },
  {
    keys: /^classifier\.(epochs|batchSize|learningRate|schedule|weightDecay|corruption|earlyStopping)(\.|$)/,
    means: (spec) => getAt(spec, 'classifier.finetune') === 'all',
  },
  { keys: /^classifier\.corruption\.level$/, means: (spec) => getAt(spec, 'classifier.corruption.kind') !== 'none' },
]

/**
 * Whether a key means anything in a spec: the kind of model has it, no other axis has taken its part away, and what it
 * depends on is on.
 * @param spec with all axes set
 * @param axes keys that the sweep sets
 */
export function means(spec: JsonObject, key: string, axes: readonly string[]): boolean {
  const taken = axes.some((axis) => key.startsWith(`${axis}.`) && getAt(spec, axis) === null)
  return !taken && applies(spec, key) && conditions.every(({ keys, means: on }) => !keys.test(key) || on(spec))
}
