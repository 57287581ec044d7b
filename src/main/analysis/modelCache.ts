import { LRUCache } from 'lru-cache'
import { readCheckpoint } from '../saved/checkpoint'
import type { SavedModel } from '../saved/savedModel'

/**
 * The models of the checkpoints used last; a checkpoint's name is the hash of its content, so none grows stale.
 * `forceFetch` throws CHECKPOINT_MISSING, CHECKPOINT_DAMAGED, SAFETENSORS_DAMAGED.
 */
export const modelCache = () =>
  new LRUCache<string, SavedModel>({
    max: 3,
    fetchMethod: async (checkpoint) => (await readCheckpoint(checkpoint)).model,
  })
