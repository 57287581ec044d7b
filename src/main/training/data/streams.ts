/**
 * What is drawn at random. Each purpose, in each class, has its own stream of numbers, which depends on the seed and the
 * global step (or epoch) alone: neither chunking nor resuming changes a draw.
 */
const purposes = ['start', 'order', 'corruptX', 'corruptY', 'validX', 'validY', 'holdout'] as const
/** A list of its own: a longer first one would move the streams of runs that have begun. */
const directions = ['contractX', 'contractY'] as const
export type Purpose = (typeof purposes)[number] | (typeof directions)[number]

/** @param modelClass null for one model of all data */
export function streamOf(purpose: Purpose, modelClass: number | null): number {
  const place = (modelClass ?? -1) + 1
  const direction = (directions as readonly string[]).indexOf(purpose)
  if (direction >= 0) return 0x2000_0000 + direction + directions.length * place
  return (purposes as readonly string[]).indexOf(purpose) + purposes.length * place
}

/** Streams of the fine-tuning of all weights, which belongs to no class. */
export const finetuneStream = (purpose: Purpose): number => 0x4000_0000 + streamOf(purpose, null)
