import { takesPairs } from '../../shared/kinds'
import { energyGains } from '../analysis/gain'
import type { KeptScore } from '../store/pairScores'
import type { BatchScorer, ScoredRow } from './batchScorer'
import { joined, type RunScorer } from './pairs'

/** Rows whose gains are computed in one go: 8,000 energies. */
const rowsAtOnce = 80

/** Gains of some rows, in nats. */
interface RowGains {
  rows: readonly number[]
  gains: Float64Array
}

/** The energy that pairs are compared by. */
function ownEnergy({ run }: RunScorer, { energy }: KeptScore): number | null {
  if (takesPairs(run.spec.model.kind)) return energy.yGivenX
  return energy[run.spec.classifier?.energy ?? 'conditional']
}

/**
 * Gains of a list's rows within the list, the same that the command line gives for it: rows that could not be scored do
 * not count. Nothing where there is no energy, or only one row.
 */
export async function* batchGains(
  batch: BatchScorer,
  scored: ReadonlyMap<number, ScoredRow>,
  signal: AbortSignal,
): AsyncGenerator<RowGains> {
  const { scorer } = batch
  const rows = [...scored.keys()].sort((a, b) => a - b)
  const own = rows.map((row) => ownEnergy(scorer, scored.get(row)!.kept))
  if (rows.length < 2 || own.some((energy) => energy === null)) return
  const energies = Float64Array.from(own as number[])
  if (!scorer.takesPairs) {
    yield { rows, gains: energyGains(energies) }
    return
  }
  const [x, y]: Float32Array[][] = [[], []]
  for (const row of rows) {
    const { kept, pixels } = scored.get(row)!
    const seen = pixels ?? (await batch.see(kept)).pixels
    x!.push(seen.x)
    y!.push(seen.y ?? seen.x)
    if (signal.aborted) return
  }
  const all = joined(y!)
  for (let from = 0; from < rows.length && !signal.aborted; from += rowsAtOnce) {
    const means = await scorer.meansOfOthers(from, joined(x!.slice(from, from + rowsAtOnce)), all)
    if (means === null) return
    yield {
      rows: rows.slice(from, from + rowsAtOnce),
      gains: means.map((mean, index) => energies[from + index]! - mean),
    }
  }
}
