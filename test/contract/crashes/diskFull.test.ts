import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { integrity } from '../../../scripts/integrity.mjs'
import { cli, startCli } from '../../support/cli'

const layer = pathToFileURL(fileURLToPath(new URL('../../support/fullDisk.mjs', import.meta.url))).href
const spec = {
  model: { kind: 'mcae', hidden: 60, factors: 60, mappings: 20 },
  dataset: 'rect',
  epochs: 40,
  batchSize: 20,
  earlyStopping: { patience: 1000 },
}

let folder: string
let flag: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-full-'))
  flag = join(folder, 'full')
  process.env['FULL_DISK_FLAG'] = flag
  await writeFile(join(folder, 'spec.json'), JSON.stringify(spec))
  const counts = ['--train', '800', '--valid', '50', '--test', '50']
  expect((await cli('datasets', 'generate', 'rectangles', ...counts, '--name', 'rect', '--data', folder)).code).toBe(0)
})
afterEach(async () => {
  delete process.env['NODE_OPTIONS']
  delete process.env['FULL_DISK_FLAG']
  await rm(folder, { recursive: true, force: true })
})

test.each(['files', 'database'])(
  'a disk that is full for %s stops the run in words; its last checkpoint is good',
  async (what) => {
    process.env['NODE_OPTIONS'] = `--import=${layer}`
    let filled: Promise<void> | null = null
    const args = ['train', join(folder, 'spec.json'), '--name', 'stopped', '--data', folder]
    const { result } = startCli(args, (line) => {
      if ((JSON.parse(line) as { epoch?: number }).epoch! >= 5) filled ??= writeFile(flag, what)
    })
    const { code, errors } = await result
    expect(existsSync(flag)).toBe(true)
    expect(JSON.parse(errors.at(-1)!)).toMatchObject({
      error: {
        code: 'DISK_FULL',
        message: 'No space is left on the disk',
        where: expect.stringMatching(/./) as string,
        remedy: expect.stringContaining('Free some space') as string,
      },
    })
    expect(code).toBe(1)

    await rm(flag)
    delete process.env['NODE_OPTIONS']
    expect(await integrity(folder)).toEqual([])
    const { code: resumed, document } = await cli('resume', 'stopped', '--data', folder)
    expect(resumed).toBe(0)
    expect(document).toMatchObject({ status: 'done', epochs: 40 })
  },
)
