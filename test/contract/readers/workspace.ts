import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { importRequestSchema, type ImportRequest, type SourceFile } from '../../../src/shared/datasets'
import { openDatasetFile, type DatasetFile } from '../../../src/main/datasets/datasetFile'

/** A folder of its own for each test of a file, where datasets go. */
export class Workspace {
  folder = ''

  constructor() {
    beforeEach(async () => {
      this.folder = await mkdtemp(join(tmpdir(), 'gae-datasets-'))
    })
    afterEach(() => rm(this.folder, { recursive: true, force: true }))
  }

  path({ hash }: { hash: string }): string {
    return join(this.folder, `${hash}.safetensors`)
  }

  open(dataset: { hash: string }): Promise<DatasetFile> {
    return openDatasetFile(this.path(dataset))
  }
}

export const file = (name: string, bytes: Uint8Array): SourceFile => ({ name, content: { bytes } })

export const request = (given: object): ImportRequest => importRequestSchema.parse({ name: 'digits', ...given })

/** Split options that leave all for training. */
export const none = { valid: 0, test: 0 }
