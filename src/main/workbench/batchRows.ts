import type { BatchPair, BatchScore } from '../../shared/batches'
import type { ErrorData } from '../../shared/errors'
import type { KeptScore } from '../store/pairScores'

/** Images of a pair by SHA-256; y null for models of one image. */
export interface PairImages {
  x: string
  y: string | null
}

/** Names a pair of images. */
export const pairKey = ({ x, y }: PairImages): string => `${x} ${y ?? ''}`

/** Why a row of a list cannot be scored: a file was refused, or is missing. @param paired whether the model takes two */
export function refusal({ x, y }: BatchPair, paired: boolean): ErrorData | null {
  if ('error' in x) return x.error
  if (!paired) return null
  if (y === null) {
    return {
      code: 'PAIR_NEEDED',
      message: 'A gated auto-encoder scores pairs, this row has one image',
      where: x.name,
      remedy: 'Give files named a_x.png and a_y.png, or a CSV file with the header x,y.',
    }
  }
  return 'error' in y ? y.error : null
}

/** Images of a row that is not refused. */
export function imagesOf({ x, y }: BatchPair, paired: boolean): PairImages {
  const sha256 = (image: BatchPair['x'] | null) => (image !== null && 'sha256' in image ? image.sha256 : '')
  return { x: sha256(x), y: paired ? sha256(y) : null }
}

export const batchScore = (row: number, kept: KeptScore): BatchScore => ({
  row,
  energy: kept.energy,
  reconstructionError: kept.reconstructionError,
  gain: kept.gain,
  predicted: kept.classScore?.predicted ?? null,
  posterior: kept.classScore === null ? null : (kept.classScore.posterior[kept.classScore.predicted] ?? null),
  recipe: kept.recipe,
  thumbnails: kept.thumbnails,
})
