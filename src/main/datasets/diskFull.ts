import { WorkbenchError } from '../../shared/errors'

/** No space, no quota left, a file as large as the file system takes. */
const codes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Does work that writes into a folder. @throws DISK_FULL where the disk has no room for it */
export async function inRoom<Value>(folder: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (!codes.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    throw new WorkbenchError('DISK_FULL', 'The disk is full', {
      where: folder,
      remedy: 'Make room there, or take another data folder (--data); nothing was kept.',
      cause: error,
    })
  }
}
