import { takesPairs } from '../../../../shared/kinds'
import type { PairScoreResponse } from '../../../../shared/scores'
import { formatCount } from '../../../../shared/numbers'
import { formatEnergy } from '../../format'
import type { PairReadOut } from './pairReadOuts'

/**
 * How far a pair's energy lies above those of others at the same x: the only comparison that an energy known up to a
 * constant allows. Absent without the run's dataset, or without an energy.
 */
export function gainReadOut({ kind, pair, gainSet }: PairScoreResponse): (PairReadOut & { note: string }) | null {
  if (gainSet === null || pair.gain == null) return null
  const { dataset, split, n, below } = gainSet
  const others = takesPairs(kind) ? `other y of ${dataset}, ${split}` : `other images of ${dataset}, ${split}`
  return {
    name: 'Gain',
    dataKey: 'pairs.0.gain',
    value: pair.gain,
    text: `${formatEnergy(pair.gain)} nats among ${formatCount(n)}`,
    meaning: takesPairs(kind)
      ? `E(y|x) minus its mean over ${n} ${others}, x held.`
      : `E(x) minus its mean over ${n} ${others}.`,
    note: `above ${below} of ${n} ${others}`,
  }
}
