import type { BatchImage } from '../../../../../shared/batches'
import { errorLine } from '../../../../../shared/errors'
import type { RunSummary } from '../../../../../shared/runs'
import { toCsv } from '../../../export/csv'
import { originCells, originColumns } from '../../../export/provenance'
import { recipeText } from '../pairTables'
import type { BatchInfo, BatchRow } from './useBatchScores'

const sha256 = (image: BatchImage | null): string | null => (image !== null && 'sha256' in image ? image.sha256 : null)

/**
 * A list as it is shown, one row a pair, in the order of the rows given; a refused one has its reason. Energies are known
 * up to a constant at each x, gains are in nats within the list.
 */
export function batchCsv(
  run: RunSummary,
  { kind, datasetHash, classes }: BatchInfo,
  modelClass: number | null,
  rows: readonly BatchRow[],
): string {
  return toCsv(
    [
      ...[...originColumns, 'model', 'class', 'pair'],
      ...['x', 'x_sha256', 'x_recipe', 'y', 'y_sha256', 'y_recipe'],
      ...['energy_y_given_x', 'energy_x_given_y', 'energy_conditional', 'energy_diagonal'],
      ...[
        'reconstruction_error_y',
        'reconstruction_error_x',
        'gain',
        'predicted',
        'predicted_name',
        'posterior',
        'error',
      ],
    ],
    rows.map(({ row, pair, score, error }) => [
      ...[...originCells({ ...run, datasetHash }), kind, modelClass, row],
      ...[pair.x.name, sha256(pair.x), recipeText(score?.recipe.x)],
      ...[pair.y?.name ?? null, sha256(pair.y), recipeText(score?.recipe.y)],
      ...[score?.energy.yGivenX ?? null, score?.energy.xGivenY ?? null],
      ...[score?.energy.conditional ?? null, score?.energy.diagonal ?? null],
      ...[score?.reconstructionError.y ?? null, score?.reconstructionError.x ?? null, score?.gain ?? null],
      ...[score?.predicted ?? null, score?.predicted == null ? null : (classes?.[score.predicted] ?? null)],
      ...[score?.posterior ?? null, error === null ? null : errorLine(error)],
    ]),
  )
}
