import { mostFiles } from './sourceFile'

/**
 * The files of a drop, those within dropped folders too; these know their folders as files of a folder input do
 * (`webkitRelativePath`). Has to be called while the drop event is handled: afterwards the browser tells nothing more.
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
const enough = (found: readonly File[]): boolean => found.length > mostFiles

/** @param folder path of the folder that holds the entry, with a slash at its end; '' above all */
async function collect(entry: FileSystemEntry, folder: string, found: File[]): Promise<void> {
  if (enough(found)) return
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    if (folder !== '') Object.defineProperty(file, 'webkitRelativePath', { value: `${folder}${file.name}` })
    found.push(file)
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  // A folder is told in parts, the last of them empty.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0 || enough(found)) return
    for (const child of part) await collect(child, `${folder}${entry.name}/`, found)
  }
}
