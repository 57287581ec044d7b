import { compareNames } from '../../../shared/compareNames'
import { isLitter } from '../../../shared/litter'
import { mostFiles, unreadable } from './sourceFile'

/**
 * The files of a drop, those within dropped folders too, by their names; these know their folders as files of a folder
 * input do (`webkitRelativePath`). Has to be called while the drop event is handled: afterwards the browser tells
 * nothing more.
 * @throws WorkbenchError FILE_UNREADABLE
 */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const files = [...transfer.files]
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry())
  if (!entries.some((entry) => entry?.isDirectory)) return files
  const found: File[] = []
  for (const entry of entries) if (entry !== null) await collect(entry, '', found)
  return found
}

/** One file more than can be imported is enough to refuse them. */
const enough = (found: readonly unknown[]): boolean => found.length > mostFiles

/** @param folder path of the folder that holds the entry, with a slash at its end; '' above all */
async function collect(entry: FileSystemEntry, folder: string, found: File[]): Promise<void> {
  if (enough(found)) return
  if (entry.isFile) {
    const file = await part<File>(entry, (done, failed) => (entry as FileSystemFileEntry).file(done, failed))
    if (folder !== '') Object.defineProperty(file, 'webkitRelativePath', { value: `${folder}${file.name}` })
    found.push(file)
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const within: FileSystemEntry[] = []
  // A folder is told in parts, the last of them empty, in no order.
  for (;;) {
    const more = await part<FileSystemEntry[]>(entry, (done, failed) => reader.readEntries(done, failed))
    within.push(...more)
    if (more.length === 0 || enough(within)) break
  }
  const kept = within.filter(({ name }) => !isLitter(name)).sort((a, b) => compareNames(a.name, b.name))
  for (const child of kept) await collect(child, `${folder}${entry.name}/`, found)
}

/** What the browser reads of an entry. */
async function part<T>(
  entry: FileSystemEntry,
  read: (done: (value: T) => void, failed: (cause: unknown) => void) => void,
): Promise<T> {
  try {
    return await new Promise<T>(read)
  } catch (cause) {
    throw unreadable(entry.fullPath.slice(1), cause)
  }
}
