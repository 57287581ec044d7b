import { intervalWords } from '../../shared/intervalWords'
import { evaluationDocument, measuresFor, told } from '../../shared/measures'
import type { Evaluation, ScoreMatching } from '../../shared/runs'
import { splitMeasures } from '../../shared/splitMeasures'

/** An evaluation as the command line's JSON has it. */
export const documentOf = (evaluation: Evaluation): Record<string, unknown> => {
  const { energies, scoreMatching, sources, error } = evaluation
  const interval = error === null ? {} : { sources, intervals: intervalWords(evaluation) }
  return { ...evaluationDocument(evaluation), ...interval, energies, scoreMatching }
}

/** An evaluation for people, in lines. @param of what was evaluated: `validation` */
export function evaluationText(of: string, evaluation: Evaluation): string[] {
  const { n, energies, scoreMatching, error } = evaluation
  const shown = measuresFor(splitMeasures, error !== null)
  const words = (subject: Evaluation) => shown.map((measure) => `${measure.short} ${told(measure, subject)}`).join(', ')
  const lines = [`${of} ${words(evaluation)} (n ${n})`]
  if (error !== null) lines.push(`  ${intervalWords(evaluation)}`)
  for (const [energy, found] of Object.entries(energies ?? {})) {
    lines.push(`  by the ${energy} energy ${words({ ...evaluation, ...found })}`)
  }
  return scoreMatching === undefined ? lines : [...lines, matchingText(scoreMatching)]
}

/** The identity of denoising and score matching, as it came out. */
const matchingText = ({ std, denoising, matching, relativeDifference, tolerance }: ScoreMatching): string =>
  `  noise of std s = ${std}: denoising ${denoising.toPrecision(6)}, s^4 x score matching ` +
  `${(std ** 4 * matching).toPrecision(6)}, apart by ${relativeDifference.toExponential(1)} (tolerance ${tolerance})`
