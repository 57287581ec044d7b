import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { WorkbenchError } from '../../shared/errors'
import { imageOriginSchema, type StoredImage } from '../../shared/scores'
import { writeContentFile } from './contentFile'
import type { DataPaths } from './dataFolder'
import { checkIntact } from './intactFile'
import { now } from './identifier'

interface Row extends Omit<StoredImage, 'origin'> {
  bytes: number
  created: string
  origin: string | null
}

const fromRow = ({ sha256, name, width, height, format, origin }: Row): StoredImage => ({
  sha256,
  name,
  width,
  height,
  format,
  origin: origin === null ? null : imageOriginSchema.parse(JSON.parse(origin)),
})

/** Images that were given, by SHA-256; the last name that one came by is kept, and where in a dataset it is from. */
export class Images {
  constructor(
    private readonly database: Knex,
    private readonly paths: DataPaths,
  ) {}

  async put(image: Omit<StoredImage, 'sha256'>, bytes: Uint8Array): Promise<StoredImage> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    if (!(await this.isKept(sha256, bytes.length))) await writeContentFile(this.paths.images, '', [bytes])
    const { name, width, height, format } = image
    const origin = image.origin && JSON.stringify(image.origin)
    await this.database<Row>('images')
      .insert({ sha256, name, width, height, format, bytes: bytes.length, created: now(), origin })
      .onConflict('sha256')
      .merge(['name', 'width', 'height', 'format', ...(origin === null ? [] : ['origin' as const])])
    return { sha256, name, width, height, format, origin: image.origin }
  }

  /** @throws IMAGE_NOT_FOUND, IMAGE_DAMAGED */
  async get(sha256: string): Promise<{ image: StoredImage; bytes: Uint8Array }> {
    const row = await this.database<Row>('images').where({ sha256 }).first()
    if (row !== undefined) await checkIntact(join(this.paths.images, sha256), 'image')
    const bytes = row === undefined ? null : await readFile(join(this.paths.images, sha256)).catch(() => null)
    if (row === undefined || bytes === null) {
      throw new WorkbenchError('IMAGE_NOT_FOUND', `There is no image ${sha256.slice(0, 12)}`, {
        remedy: 'Choose the image file again.',
      })
    }
    return { image: fromRow(row), bytes: new Uint8Array(bytes) }
  }

  /** One that was damaged since is written anew. */
  private async isKept(sha256: string, bytes: number): Promise<boolean> {
    const path = join(this.paths.images, sha256)
    const file = await stat(path).catch(() => null)
    if (file?.size !== bytes) return false
    return checkIntact(path, 'image').then(
      () => true,
      () => false,
    )
  }
}
