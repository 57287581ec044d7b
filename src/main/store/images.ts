import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { WorkbenchError } from '../../shared/errors'
import type { StoredImage } from '../../shared/scores'
import { writeContentFile } from './contentFile'
import type { DataPaths } from './dataFolder'
import { now } from './identifier'

interface Row extends StoredImage {
  bytes: number
  created: string
}

/** Image files that were dropped, by SHA-256; the last name it came by is kept. */
export class Images {
  constructor(
    private readonly database: Knex,
    private readonly paths: DataPaths,
  ) {}

  async put(image: Omit<StoredImage, 'sha256'>, bytes: Uint8Array): Promise<StoredImage> {
    const { sha256 } = await writeContentFile(this.paths.images, '', [bytes])
    const { name, width, height, format } = image
    await this.database<Row>('images')
      .insert({ sha256, name, width, height, format, bytes: bytes.length, created: now() })
      .onConflict('sha256')
      .merge(['name', 'width', 'height', 'format'])
    return { sha256, name, width, height, format }
  }

  /** @throws IMAGE_NOT_FOUND */
  async get(sha256: string): Promise<{ image: StoredImage; bytes: Uint8Array }> {
    const row = await this.database<Row>('images').where({ sha256 }).first()
    const bytes = row === undefined ? null : await readFile(join(this.paths.images, sha256)).catch(() => null)
    if (row === undefined || bytes === null) {
      throw new WorkbenchError('IMAGE_NOT_FOUND', `There is no image ${sha256.slice(0, 12)}`, {
        remedy: 'Choose the image file again.',
      })
    }
    const { name, width, height, format } = row
    return { image: { sha256, name, width, height, format }, bytes: new Uint8Array(bytes) }
  }
}
