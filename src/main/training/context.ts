import type { Phase } from '../../shared/runs'
import type { TrainerEvent } from '../../shared/trainer'
import type { Backend } from '../compute/backend'

/** What a task works with: the engine, and its link to whoever asked for it. */
export interface TaskContext {
  backend: Backend
  emit(event: TrainerEvent): void
  /** Aborted when the task shall stop. */
  signal: AbortSignal
}

/** The task was stopped; its last finished epoch is on the disk. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled')
    this.name = 'Cancelled'
  }
}

/** Tells what takes its time before the first step; `fraction` of the task is done. */
export function remark(
  { emit }: Pick<TaskContext, 'emit'>,
  at: { phase: Phase; class: number | null; epoch?: number; epochs?: number; fraction?: number },
  words: string,
): void {
  emit({ type: 'progress', epoch: 0, epochs: 0, fraction: 0, ...at, step: 0, loss: null, remark: words })
}

/** Lets messages in (cancel, the parent's end). @throws Cancelled */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (signal.aborted) throw new Cancelled()
}
