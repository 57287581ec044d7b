import type { RunDetail } from '../../shared/runs'
import { readCheckpointMetadata } from '../saved/checkpointDescription'

/** Names of a classifier's classes in label order: its dataset's; where that is gone or there was none, its checkpoint's. */
export async function classNamesOf({ spec, datasetInfo }: RunDetail, checkpoint: string): Promise<string[] | null> {
  if (spec.classifier === undefined) return null
  return datasetInfo?.classes ?? (await readCheckpointMetadata(checkpoint)).classNames ?? null
}
