import type { SourceFile } from '../../../shared/datasets'
import type { ZipEntry } from '../zip'

/** A file to import: one that was given, or one within an archive that was. */
export interface InputSource {
  name: string
  content: SourceFile['content'] | { archive: SourceFile; entry: ZipEntry } | { gzip: SourceFile }
}
