import { LRUCache } from 'lru-cache'
import type { Backend } from '../compute/backend'
import { readCheckpoint } from '../saved/checkpoint'
import { Scorer } from './scorer'

/**
 * The scorers of the checkpoints used last, compiled; a checkpoint's name is the hash of its content, so none grows stale.
 * Requests are worked off one at a time: none loses the scorer that it works with. `forceFetch` throws
 * CHECKPOINT_MISSING, CHECKPOINT_DAMAGED, SAFETENSORS_DAMAGED.
 */
export const scorerCache = (backend: Backend) =>
  new LRUCache<string, Scorer>({
    max: 6,
    fetchMethod: async (checkpoint) => new Scorer(backend, (await readCheckpoint(checkpoint)).model),
    dispose: (scorer) => void scorer.dispose(),
  })
