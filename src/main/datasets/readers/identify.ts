import { amatReader } from './amat'
import { csvReader } from './csv'
import { formatUnknown } from './formats'
import { idxReader } from './idx'
import type { InputFile } from './inputFile'
import { npyReader, npzReader } from './numpy'
import { headBytes, type Reader, type ReadOptions } from './reader'
import { isText } from './textHead'

/** A file called .amat is that whatever its first lines look like, and .csv likewise. */
const readers: readonly Reader[] = [idxReader, npzReader, npyReader, amatReader, csvReader]

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

/**
 * The reader for a file, by its first bytes: a name may lie. A text of labels may hold words alone.
 * @throws FORMAT_UNKNOWN
 */
export async function identify({ name, read }: InputFile, role: ReadOptions['role']): Promise<Reader> {
  const head = await read(0, headBytes)
  if (isUtf16(head)) throw formatUnknown(name, 'It is a text in UTF-16: save it as UTF-8')
  const reader =
    readers.find(({ matches }) => matches(head, name)) ?? (role === 'labels' && isText(head) ? csvReader : undefined)
  if (reader === undefined) throw formatUnknown(name)
  return reader
}
