import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { integrity } from '../../../scripts/integrity.mjs'
import { cli, startCli } from '../../support/cli'
import { idx } from '../../support/idx'
import { greyPng, rectanglePixels } from '../../support/png'
import { ServedProcess } from '../../support/servedProcess'
import { smallDisk, type SmallDisk } from '../../support/smallDisk'

const spec = {
  model: { kind: 'mcae', hidden: 60, factors: 60, mappings: 20 },
  dataset: 'rect',
  epochs: 40,
  batchSize: 20,
  earlyStopping: { patience: 1000 },
}
const noRoom = {
  code: 'DISK_FULL',
  message: 'No space is left on the disk',
  where: expect.stringMatching(/./) as string,
  remedy: expect.stringContaining('Free some space') as string,
}

let disk: SmallDisk
/** On another disk. */
let outside: string
let data: string[]
beforeEach(async () => {
  disk = await smallDisk(16)
  console.log(`Full disk: ${disk.kind}`)
  outside = await mkdtemp(join(tmpdir(), 'gae-outside-'))
  data = ['--data', disk.folder]
  const counts = ['--train', '800', '--valid', '50', '--test', '50']
  expect((await cli('datasets', 'generate', 'rectangles', ...counts, '--name', 'rect', ...data)).code).toBe(0)
})
afterEach(async () => {
  await disk.remove()
  await rm(outside, { recursive: true, force: true })
})

/** That a command ends with the disk's state in words. */
async function expectNoRoom(...args: string[]): Promise<void> {
  const { code, errors, document } = await cli(...args, ...data)
  expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: noRoom })
  expect([1, 2]).toContain(code)
  expect(document).toBeUndefined()
}

/** Names of what lies in the folder of datasets, nothing hidden left out. */
const files = (): Promise<string[]> => readdir(join(disk.folder, 'datasets'))

const names = async (): Promise<string[]> => {
  const { document } = await cli('datasets', 'list', ...data)
  return (document as { datasets: { name: string }[] }).datasets.map(({ name }) => name)
}

test('that fills up during an import is told in words, and nothing half imported is left', async () => {
  const images = join(outside, 'images.idx')
  await writeFile(images, idx([1000, 28, 28], { length: 1000 * 28 * 28 }))
  const imported = ['datasets', 'import', images, '--name', 'imported']
  const before = await files()
  const commands = [imported, ['datasets', 'generate', 'rectangles', '--train', '1000', '--name', 'made']]
  // Room for the database and for half of a dataset, then for nothing.
  await disk.fill(1.5 * 1024 * 1024)
  for (const command of commands) await expectNoRoom(...command)
  await disk.fill()
  for (const command of commands) await expectNoRoom(...command)
  await disk.free()
  expect(await files()).toEqual(before)
  expect(await names()).toEqual(['rect'])
  expect(await integrity(disk.folder)).toEqual([])
  expect((await cli(...imported, ...data)).code).toBe(0)
  expect((await names()).sort()).toEqual(['imported', 'rect'])
}, 120_000)

test('that is full keeps commands that write to the database alone from half a change', async () => {
  await disk.fill()
  const { code, errors } = await cli('datasets', 'delete', 'rect', ...data)
  expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: noRoom })
  expect(code).toBe(1)
  await disk.free()
  expect(await names()).toEqual(['rect'])
  expect(await integrity(disk.folder)).toEqual([])
  expect((await cli('datasets', 'delete', 'rect', ...data)).code).toBe(0)
})

test('that fills up during a training stops it; the last checkpoint is good and the run goes on from it', async () => {
  await writeFile(join(outside, 'spec.json'), JSON.stringify(spec))
  let filled: Promise<void> | null = null
  const { result } = startCli(['train', join(outside, 'spec.json'), '--name', 'stopped', ...data], (line) => {
    if ((JSON.parse(line) as { epoch?: number }).epoch! >= 5) filled ??= disk.fill()
  })
  const { code, errors } = await result
  await filled
  expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: noRoom })
  expect(code).toBe(1)
  await disk.free()
  expect(await integrity(disk.folder)).toEqual([])
  const before = (await cli('runs', 'show', 'stopped', ...data)).document as { epochs: number; status: string }
  expect(before.epochs).toBeGreaterThanOrEqual(4)
  const resumed = await cli('resume', 'stopped', ...data)
  expect(resumed.document).toMatchObject({ status: 'done', epochs: spec.epochs })
  expect(await integrity(disk.folder)).toEqual([])
}, 120_000)

test('that is full leaves an open workbench open', async () => {
  const served = await ServedProcess.start(disk.folder)
  try {
    const page = await served.page()
    const image = { name: 'a.png', bytes: await greyPng(rectanglePixels(2, 2, 9, 20), 28, 28) }
    await disk.fill()
    for (let times = 0; times < 3; times++) {
      expect((await page.call('mutation', 'images.put', image)).error?.data.workbench).toMatchObject(noRoom)
      // Each is a line that the log has no room for.
      expect((await served.get('/none')).status).toBe(404)
      expect(await served.answers()).toBe(true)
    }
    await disk.free()
    expect((await page.call('mutation', 'images.put', image)).result?.data).toMatchObject({ name: 'a.png' })
    await served.get('/none')
    expect((await served.log()).at(-1)).toMatchObject({ reason: 'NO_FILE' })
    expect(await integrity(disk.folder)).toEqual([])
  } finally {
    await served.workbench.stop()
  }
}, 120_000)
