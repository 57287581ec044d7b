import type { SavedModel } from '../saved/savedModel'
import { readCheckpoint } from '../saved/checkpoint'

/** Models that stay in memory. */
const kept = 3

/** The models of the checkpoints used last; a checkpoint's name is the hash of its content, so none grows stale. */
export class ModelCache {
  readonly #models = new Map<string, Promise<SavedModel>>()

  /** @throws CHECKPOINT_MISSING, CHECKPOINT_DAMAGED, SAFETENSORS_DAMAGED */
  get(checkpoint: string): Promise<SavedModel> {
    const model = this.#models.get(checkpoint) ?? readCheckpoint(checkpoint).then((read) => read.model)
    // Put last again: the first of the map is the one that was used longest ago.
    this.#models.delete(checkpoint)
    this.#models.set(checkpoint, model)
    model.catch(() => this.#models.delete(checkpoint))
    for (const oldest of this.#models.keys()) {
      if (this.#models.size <= kept) break
      this.#models.delete(oldest)
    }
    return model
  }
}
