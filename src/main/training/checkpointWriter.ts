import type { TaskContext } from './context'
import { writeTrainingCheckpoint, type Checkpoint } from './checkpoint'
import type { TrainingMetadata } from '../../shared/model'
import type { CheckpointInfo } from '../../shared/trainer'

/** A killed process costs at most one epoch, or this many seconds of shorter ones. */
const interval = 1

/** Puts the states of one training on the disk, and tells main of each file. */
export class CheckpointWriter {
  #written: number | null = null
  #lastEpoch = -1

  constructor(
    private readonly folder: string,
    private readonly context: Pick<TaskContext, 'emit'>,
  ) {}

  /** @param urgent written even if the last file is a moment old */
  async write(
    checkpoint: Checkpoint & { training: TrainingMetadata },
    urgent: boolean,
  ): Promise<CheckpointInfo | null> {
    const { epoch, final } = checkpoint.training
    const now = performance.now() / 1000
    if (!final && epoch === this.#lastEpoch) return null
    if (!urgent && this.#written !== null && now - this.#written < interval) return null
    const info = await writeTrainingCheckpoint(this.folder, checkpoint)
    this.#written = performance.now() / 1000
    this.#lastEpoch = epoch
    this.context.emit({ type: 'checkpoint', checkpoint: info })
    return info
  }
}
