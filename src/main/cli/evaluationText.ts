import type { Evaluation, ScoreMatching } from '../../shared/runs'
import { percent } from './output'

/** An evaluation for people, in lines. @param of what was evaluated: `validation` */
export function evaluationText(of: string, evaluation: Evaluation): string[] {
  const { error, errorInterval, nll, n, loss, energies, scoreMatching } = evaluation
  const lines =
    error === null
      ? [`${of} loss ${loss?.toPrecision(5) ?? '--'} (n ${n})`]
      : [`${of} error ${percent(error, errorInterval)}, NLL ${nll?.toPrecision(4) ?? '--'} (n ${n})`]
  for (const energy of ['conditional', 'diagonal'] as const) {
    if (energies === undefined) continue
    const found = energies[energy]
    lines.push(
      `  by the ${energy} energy ${percent(found.error, found.errorInterval)}, NLL ${found.nll.toPrecision(4)}`,
    )
  }
  return scoreMatching === undefined ? lines : [...lines, matchingText(scoreMatching)]
}

/** The identity of denoising and score matching, as it came out. */
const matchingText = ({ std, denoising, matching, relativeDifference, tolerance }: ScoreMatching): string =>
  `  noise of std s = ${std}: denoising ${denoising.toPrecision(6)}, s^4 x score matching ` +
  `${(std ** 4 * matching).toPrecision(6)}, apart by ${relativeDifference.toExponential(1)} (tolerance ${tolerance})`
