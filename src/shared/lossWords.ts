import { takesPairs } from './kinds'
import type { RunSpec, CorruptionSpec } from './spec/schema'

type Trained = Pick<RunSpec, 'model' | 'corruption'>

const corruptionNames = { mask: 'masking', gaussian: 'Gaussian noise', 'salt-and-pepper': 'salt-and-pepper' } as const

/** "masking 0.3", "Gaussian noise of std 0.1"; null without corruption. */
export function corruptionWords({ kind, level }: Pick<CorruptionSpec, 'kind' | 'level'>): string | null {
  if (kind === 'none' || level === 0) return null
  return kind === 'gaussian' ? `${corruptionNames[kind]} of std ${level}` : `${corruptionNames[kind]} ${level}`
}

/**
 * What a reconstruction loss of a run is, in words: "half squared error an image, clean input, sum of y|x and x|y".
 * @param input training and its validation see corrupted images, an evaluation clean ones
 */
export function lossWords({ model, corruption }: Trained, input: 'clean' | 'corrupted'): string {
  const pairs = takesPairs(model.kind)
  const objective = 'objective' in model ? model.objective : undefined
  const direction = objective === 'both' ? 'sum of y|x and x|y' : `${objective ?? 'y|x'} alone`
  const noise = input === 'clean' ? null : corruptionWords(corruption)
  return [
    `${model.visible === 'bernoulli' ? 'cross-entropy' : 'half squared error'} ${pairs ? 'a pair' : 'an image'}`,
    noise === null ? 'clean input' : `corrupted input (${noise})`,
    ...(pairs ? [direction] : []),
  ].join(', ')
}
