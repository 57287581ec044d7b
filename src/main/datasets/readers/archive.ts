import type { SourceFile } from '../../../shared/datasets'
import { WorkbenchError } from '../../../shared/errors'
import { isImageName } from '../../../shared/imageNames'
import type { Skipped } from '../../../shared/importing'
import { litterIn } from '../../../shared/litter'
import { arrayName } from '../npz'
import { isZip, zipEntries, type ZipEntry } from '../zip'
import type { Work } from '../work'
import { identify } from './identify'
import { idxReader } from './idx'
import { isFolder } from './images/entries'
import { SkippedFiles } from './images/skippedFiles'
import { inflated } from './inflate'
import { blocksOf, withInputFile, type InputFile } from './inputFile'
import type { InputSource } from './inputSource'
import { headBytes, type ReadOptions } from './reader'

export interface Unpacked {
  sources: InputSource[]
  skipped: Skipped[]
}

/**
 * Archives among files as what they hold: a zip is a folder, the gzip of a file is that file. .npz and gzipped IDX files
 * have readers of their own. Nothing is unpacked yet.
 * @throws ZIP_DAMAGED, GZIP_DAMAGED, ARCHIVE_EMPTY, ARCHIVE_LARGE
 */
export async function unpacked(
  sources: readonly SourceFile[],
  role: ReadOptions['role'],
  work: Work,
): Promise<Unpacked> {
  const found: InputSource[] = []
  const skipped = new SkippedFiles()
  for (const source of sources) {
    work.signal?.throwIfAborted()
    // Files that are called images are opened once, by whoever decodes them.
    if (isImageName(source.name) || (await isFolder(source))) found.push(source)
    else found.push(...(await withInputFile(source, (file) => contentOf(source, file, role, skipped))))
  }
  return { sources: found, skipped: skipped.all }
}

const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b

async function contentOf(
  source: SourceFile,
  file: InputFile,
  role: ReadOptions['role'],
  skipped: SkippedFiles,
): Promise<InputSource[]> {
  const head = await file.read(0, 4)
  if (isZip(head) && !/\.npz$/i.test(source.name)) return membersOf(source, file, role, skipped)
  if (!isGzip(head) || (await holdsIdx(file))) return [source]
  return [{ name: source.name.replace(/\.gz$/i, ''), content: { gzip: source } }]
}

/** Whether a gzip file is for the reader of IDX, which also tells what cannot be inflated. */
async function holdsIdx(file: InputFile): Promise<boolean> {
  try {
    for await (const block of inflated(blocksOf(file, {}), 'gzip')) return idxReader.matches(block, file.name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') !== true) throw error
  }
  return true
}

async function membersOf(
  source: SourceFile,
  file: InputFile,
  role: ReadOptions['role'],
  skipped: SkippedFiles,
): Promise<InputSource[]> {
  const members: InputSource[] = []
  for (const entry of await entriesOf(file)) {
    if (entry.name.endsWith('/')) continue
    const litter = litterIn(entry.name)
    if (litter !== null) skipped.add(litter, 'left by a system')
    else if (entry.size === 0) skipped.add(entry.name, 'empty')
    else members.push({ name: `${source.name}/${entry.name}`, content: { archive: source, entry } })
  }
  if (members.length > 0 && members.every(({ name }) => arrayName(name) !== null)) return [source]
  // A folder of images says itself what is none.
  const kept = members.some(({ name }) => isImageName(name)) ? members : await readable(members, role, skipped)
  if (kept.length > 0) return kept
  throw new WorkbenchError('ARCHIVE_EMPTY', 'Nothing in the zip archive can be imported', {
    where: source.name,
    remedy: 'Give images, or files of data: .amat, IDX, .npy, .npz or CSV.',
  })
}

/** Members that a reader knows. */
async function readable(
  members: readonly InputSource[],
  role: ReadOptions['role'],
  skipped: SkippedFiles,
): Promise<InputSource[]> {
  const kept: InputSource[] = []
  for (const member of members) {
    if (await withInputFile(member, (file) => isKnown(file, role))) kept.push(member)
    else skipped.add(member.name.split('/').at(-1) ?? member.name, 'no data that can be read')
  }
  return kept
}

async function isKnown(file: InputFile, role: ReadOptions['role']): Promise<boolean> {
  // A zip within a zip would be taken for an .npz.
  if (isZip(await file.read(0, headBytes)) && !/\.npz$/i.test(file.name)) return false
  return identify(file, role).then(
    () => true,
    (error: unknown) => {
      if (error instanceof WorkbenchError && error.code === 'FORMAT_UNKNOWN') return false
      throw error
    },
  )
}

/** The directory of a zip, told as one. @throws ZIP_DAMAGED */
async function entriesOf(file: InputFile): Promise<ZipEntry[]> {
  return zipEntries(file.size, file.read, file.name).catch((error: unknown) => {
    if (!(error instanceof WorkbenchError)) throw error
    const { message, where, remedy } = error
    throw new WorkbenchError('ZIP_DAMAGED', message, { where, remedy })
  })
}
