import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorLine, WorkbenchError } from '../../../src/shared/errors'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { layOut, requestOf, type Hostile } from '../../support/hostile/hostile'
import { archiveFiles } from '../../support/hostile/archiveFiles'
import { idxFiles } from '../../support/hostile/idxFiles'
import { imageFiles } from '../../support/hostile/imageFiles'
import { numpyFiles } from '../../support/hostile/numpyFiles'
import { pairFiles } from '../../support/hostile/pairFiles'
import { amatFiles, csvFiles } from '../../support/hostile/textFiles'
import { Workspace } from './workspace'

const space = new Workspace()
const corpus: readonly Hostile[] = [
  ...idxFiles,
  ...numpyFiles,
  ...amatFiles,
  ...csvFiles,
  ...imageFiles,
  ...pairFiles,
  ...archiveFiles,
]

let sources: string
beforeAll(async () => {
  sources = await mkdtemp(join(tmpdir(), 'gae-hostile-'))
  for (const [index, hostile] of corpus.entries()) layOut(hostile, join(sources, String(index)))
})
afterAll(() => rm(sources, { recursive: true, force: true }))

describe('hostile files', () => {
  it('are at least sixty, for every reader', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(60)
    expect(new Set(corpus.map(({ reader }) => reader))).toEqual(
      new Set(['IDX', 'npy', 'npz', 'amat', 'CSV', 'image folder', 'pair list', 'frames', 'zip', 'gzip']),
    )
  })

  it.each(corpus.map((hostile, index) => [hostile.reader, hostile.what, index] as const))(
    '%s, %s: refused with its place, and nothing is left',
    async (_reader, _what, index) => {
      const hostile = corpus[index]!
      const request = requestOf(hostile, join(sources, String(index)))
      const acts = [() => importDataset(request, space.folder)]
      // Which class has no training image is only known once the splits are drawn.
      if (hostile.code !== 'CLASS_EMPTY') acts.push(() => previewImport(request) as Promise<never>)
      for (const act of acts) {
        const error: unknown = await act().catch((refusal: unknown) => refusal)
        if (!(error instanceof WorkbenchError))
          throw new Error(`not refused: ${JSON.stringify(error)}`, { cause: error })
        expect(error).toMatchObject({ code: hostile.code, where: hostile.where, exit: 2 })
        expect(error.remedy).toMatch(/\.$/)
        expect(errorLine(error.toData())).not.toMatch(/[\n\0]/)
        expect(readdirSync(space.folder)).toEqual([])
      }
    },
  )
})
