import type { RunSummary } from '../../../../shared/runs'
import type { PairScoreResponse, StoredImage } from '../../../../shared/scores'
import { toCsv } from '../../export/csv'

export interface ScoredRun {
  run: RunSummary
  scores: PairScoreResponse
}

const runCells = ({ run, scores }: ScoredRun) => [run.id, run.name, run.kind, run.seed, run.dataset, scores.class]
const runColumns = ['run', 'run_name', 'model', 'seed', 'dataset', 'class']

/** Energies and errors of the pair, one row a run. Energies are known up to a constant within one model and x. */
export const pairsCsv = (scored: readonly ScoredRun[], x: StoredImage, y: StoredImage | null): string =>
  toCsv(
    [
      ...runColumns,
      ...['x', 'x_sha256', 'y', 'y_sha256', 'energy_y_given_x', 'energy_x_given_y', 'energy_conditional'],
      ...['energy_diagonal', 'reconstruction_error_y', 'reconstruction_error_x', 'predicted'],
    ],
    scored.map((one) => {
      const { energy, reconstructionError } = one.scores.pair
      const withY = one.scores.view.y === null ? null : y
      return [
        ...runCells(one),
        ...[x.name, x.sha256, withY?.name ?? null, withY?.sha256 ?? null],
        ...[energy.yGivenX, energy.xGivenY, energy.conditional, energy.diagonal],
        ...[reconstructionError.y, reconstructionError.x, one.scores.classScore?.predicted ?? null],
      ]
    }),
  )

/** Activations of mapping and hidden units, one row a unit. */
export const unitsCsv = (scored: readonly ScoredRun[]): string =>
  toCsv(
    [...runColumns, 'kind', 'unit', 'activation'],
    scored.flatMap((one) =>
      (['mapping', 'hidden'] as const).flatMap((kind) =>
        Array.from(one.scores.pair[kind] ?? [], (value, unit) => [...runCells(one), kind, unit, value]),
      ),
    ),
  )
