import type { TaskContext } from '../context'
import { writeTrainingCheckpoint, type Checkpoint } from '../../saved/checkpoint'
import type { TrainingMetadata } from '../../../shared/model'
import type { CheckpointInfo } from '../../../shared/trainer'

/** A checkpoint of a training, to be written. */
export type FinishedCheckpoint = Checkpoint & { training: TrainingMetadata }

/** Puts the states of one training on the disk after every epoch, and tells main of each file: a kill costs one epoch. */
export class CheckpointWriter {
  #lastEpoch = -1

  constructor(
    private readonly folder: string,
    private readonly context: Pick<TaskContext, 'emit'>,
  ) {}

  /** @returns null where this epoch is on the disk already */
  async write(checkpoint: FinishedCheckpoint): Promise<CheckpointInfo | null> {
    const { epoch, final } = checkpoint.training
    if (!final && epoch === this.#lastEpoch) return null
    const info = await writeTrainingCheckpoint(this.folder, checkpoint)
    this.#lastEpoch = epoch
    this.context.emit({ type: 'checkpoint', checkpoint: info })
    return info
  }
}
