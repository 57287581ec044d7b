/**
 * What is drawn at random. Each purpose, in each class, has its own stream of numbers, which depends on the seed and the
 * global step (or epoch) alone: neither chunking nor resuming changes a draw.
 */
const purposes = ['start', 'order', 'corruptX', 'corruptY', 'validX', 'validY', 'holdout'] as const
export type Purpose = (typeof purposes)[number]

/** @param modelClass null for one model of all data */
export const streamOf = (purpose: Purpose, modelClass: number | null): number =>
  purposes.indexOf(purpose) + purposes.length * ((modelClass ?? -1) + 1)

/** Streams of the fine-tuning of all weights, which belongs to no class. */
export const finetuneStream = (purpose: Purpose): number => 0x4000_0000 + purposes.indexOf(purpose)
