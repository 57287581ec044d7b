import { createHash } from 'node:crypto'

/** One hash for many files: of their names and their own hashes, in the order of reading. */
export class FilesHash {
  files = 0
  bytes = 0
  readonly #hash = createHash('sha256')

  /** @param name as it is within the folder or list: the same wherever that lies */
  add(name: string, { sha256, bytes }: { sha256: string; bytes: number }): void {
    this.files++
    this.bytes += bytes
    this.#hash.update(`${sha256} ${name}\n`)
  }

  digest(): string {
    return this.#hash.copy().digest('hex')
  }
}
