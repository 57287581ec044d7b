import { formatUnknown } from './formats'
import { idxReader } from './idx'
import type { InputFile } from './inputFile'
import { npyReader, npzReader } from './numpy'
import type { Reader } from './reader'

const readers: readonly Reader[] = [idxReader, npzReader, npyReader]

/** The reader for a file, by its first bytes: a name may lie. @throws FORMAT_UNKNOWN */
export function identify({ name, bytes }: InputFile): Reader {
  const reader = readers.find(({ matches }) => matches(bytes.subarray(0, 16)))
  if (reader === undefined) throw formatUnknown(name)
  return reader
}
