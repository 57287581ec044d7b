import type { Backend } from '../compute/backend'
import { readCheckpoint } from '../saved/checkpoint'
import { Scorer } from './scorer'

/** Models that stay compiled. */
const kept = 6

/** The scorers of the checkpoints used last; a checkpoint's name is the hash of its content, so none grows stale. */
export class ScorerCache {
  readonly #scorers = new Map<string, Promise<Scorer>>()

  constructor(private readonly backend: Backend) {}

  /** Runs `use` with the scorer of a checkpoint. @throws CHECKPOINT_MISSING, CHECKPOINT_DAMAGED, SAFETENSORS_DAMAGED */
  async with<Value>(checkpoint: string, use: (scorer: Scorer) => Promise<Value>): Promise<Value> {
    const scorer = this.#scorers.get(checkpoint) ?? this.#open(checkpoint)
    // Put last again: the first of the map is the one that was used longest ago.
    this.#scorers.delete(checkpoint)
    this.#scorers.set(checkpoint, scorer)
    try {
      return await use(await scorer)
    } finally {
      await this.#shrink()
    }
  }

  #open(checkpoint: string): Promise<Scorer> {
    const scorer = readCheckpoint(checkpoint).then(({ model }) => new Scorer(this.backend, model))
    scorer.catch(() => this.#scorers.delete(checkpoint))
    return scorer
  }

  async #shrink(): Promise<void> {
    while (this.#scorers.size > kept) {
      const [[oldest, scorer]] = this.#scorers
      this.#scorers.delete(oldest)
      await (await scorer).dispose()
    }
  }
}
