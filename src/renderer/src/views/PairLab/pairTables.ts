import type { RunSummary } from '../../../../shared/runs'
import type { PairScoreResponse, StoredImage } from '../../../../shared/scores'
import { toCsv } from '../../export/csv'
import { originCells, originColumns } from '../../export/provenance'

export interface ScoredRun {
  run: RunSummary
  scores: PairScoreResponse
}

const runCells = ({ run, scores }: ScoredRun) => [
  ...originCells({ ...run, datasetHash: scores.datasetHash }),
  ...[run.kind, scores.class],
]
const runColumns = [...originColumns, 'model', 'class']

/** Steps from an image file to the model's input, in one cell. */
export const recipeText = (recipe: readonly string[] | null | undefined): string | null => recipe?.join(' > ') ?? null

/**
 * Energies and errors of the pair, one row a run. Energies are known up to a constant within one model and x; a gain is
 * in nats.
 */
export const pairsCsv = (scored: readonly ScoredRun[], x: StoredImage, y: StoredImage | null): string =>
  toCsv(
    [
      ...runColumns,
      ...['x', 'x_sha256', 'x_recipe', 'y', 'y_sha256', 'y_recipe'],
      ...['energy_y_given_x', 'energy_x_given_y', 'energy_conditional', 'energy_diagonal'],
      ...['reconstruction_error_y', 'reconstruction_error_x', 'gain', 'gain_others', 'gain_below'],
      ...['predicted', 'posterior'],
    ],
    scored.map((one) => {
      const { pair, view, gainSet, classScore } = one.scores
      const { energy, reconstructionError } = pair
      const withY = view.y === null ? null : y
      return [
        ...runCells(one),
        ...[x.name, x.sha256, recipeText(view.x.recipe)],
        ...[withY?.name ?? null, withY?.sha256 ?? null, recipeText(view.y?.recipe)],
        ...[energy.yGivenX, energy.xGivenY, energy.conditional, energy.diagonal],
        ...[reconstructionError.y, reconstructionError.x],
        ...[pair.gain ?? null, gainSet?.n ?? null, gainSet?.below ?? null],
        ...[classScore?.predicted ?? null, classScore?.posterior[classScore.predicted] ?? null],
      ]
    }),
  )

/** How the class scores come about, one row a run and class. */
export const classScoresCsv = (scored: readonly ScoredRun[]): string =>
  toCsv(
    [
      ...[...runColumns, 'scored_class', 'name', 'mean', 'aM', 'covariance', 'aC', 'visible', 'aB', 'B'],
      ...['score', 'posterior'],
    ],
    scored.flatMap((one) => {
      const { classScore, classes } = one.scores
      return (classScore?.scores ?? []).map((score, index) => {
        const part = classScore?.parts?.[index]
        const terms = [part?.mean, part?.covariance, part?.visible]
        return [
          ...[...runCells(one), index, classes?.[index] ?? null],
          ...terms.flatMap((term) => [term?.value ?? null, term?.coefficient ?? null]),
          ...[part?.B ?? null, score, classScore?.posterior[index] ?? null],
        ]
      })
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
