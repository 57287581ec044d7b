import { takesPairs, type ModelKind } from '../../../../shared/kinds'
import type { PairScore } from '../../../../shared/scores'
import { formatEnergy } from '../../format'
import { formatDigits } from '../../../../shared/numbers'

export interface PairReadOut {
  name: string
  /** Path in the command line's JSON. */
  dataKey: string
  value: number | null
  text: string
  /** What it means, in a line. */
  meaning: string
}

const energy = (name: string, key: keyof PairScore['energy'], pair: PairScore, meaning: string): PairReadOut => ({
  name,
  dataKey: `pairs.0.energy.${key}`,
  value: pair.energy[key],
  text: formatEnergy(pair.energy[key]),
  meaning: `${meaning} Known up to a constant: compare within one model and at one x.`,
})

const reconstructionError = (of: 'x' | 'y', pair: PairScore): PairReadOut => ({
  name: `Reconstruction error of ${of}`,
  dataKey: `pairs.0.reconstructionError.${of}`,
  value: pair.reconstructionError[of],
  text: formatDigits(pair.reconstructionError[of], 4),
  meaning: "Mean squared error a pixel, in the model's own scale.",
})

/** Numbers of one pair: a gated auto-encoder has an energy each way, a model of one image its two energies. */
export function pairReadOuts(kind: ModelKind, pair: PairScore): PairReadOut[] {
  if (takesPairs(kind)) {
    return [
      energy('E(y|x)', 'yGivenX', pair, 'Energy of y given x; higher fits better.'),
      energy('E(x|y)', 'xGivenY', pair, 'Energy of x given y; higher fits better.'),
      reconstructionError('y', pair),
      reconstructionError('x', pair),
    ]
  }
  return [
    energy(
      'Conditional energy',
      'conditional',
      pair,
      'E(y|x) with x held fixed, at y = x: minus the free energy of the RBM.',
    ),
    energy(
      'Diagonal energy',
      'diagonal',
      pair,
      'The covariance sum halved: the potential of the field with both images moving.',
    ),
    reconstructionError('x', pair),
  ]
}
