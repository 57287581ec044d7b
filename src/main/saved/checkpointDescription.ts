import { savedModelMetadataSchema, type SavedModelMetadata } from '../../shared/model'
import { WorkbenchError } from '../../shared/errors'
import { checkIntact } from '../store/intactFile'
import { readLayout } from '../store/safetensorsFile'

/**
 * What a checkpoint says of its model, from its header alone.
 * @throws FILE_UNREADABLE, SAFETENSORS_DAMAGED, CHECKPOINT_DAMAGED
 */
export async function readCheckpointMetadata(path: string): Promise<SavedModelMetadata> {
  await checkIntact(path, 'model')
  const { metadata } = await readLayout(path)
  try {
    return savedModelMetadataSchema.parse(JSON.parse(metadata.model ?? 'null'))
  } catch (cause) {
    throw new WorkbenchError('CHECKPOINT_DAMAGED', 'The description of the model is missing or wrong', {
      where: path,
      remedy: 'Restore the file from a copy, or train again.',
      exit: 1,
      cause,
    })
  }
}
