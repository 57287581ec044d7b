import { isDiskFull, WorkbenchError } from '../../shared/errors'

/**
 * Does the writing of an import. A full disk is told like all else that keeps a dataset from being imported.
 * @throws DISK_FULL
 */
export async function inRoom<Value>(folder: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (!isDiskFull(error) && !(error instanceof WorkbenchError && error.code === 'DISK_FULL')) throw error
    throw new WorkbenchError('DISK_FULL', 'No space is left on the disk', {
      where: folder,
      remedy: 'Free some space, or take another data folder (--data); nothing was imported.',
      cause: error,
    })
  }
}
