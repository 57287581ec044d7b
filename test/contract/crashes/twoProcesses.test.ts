import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { cli, type CliResult } from '../../support/cli'

const spec = { model: { kind: 'ae', hidden: 10 }, dataset: 'rect', epochs: 2, batchSize: 20 }
const each = 4

let folder: string
let app: App
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-two-'))
  await writeFile(join(folder, 'spec.json'), JSON.stringify(spec))
  const counts = ['--train', '100', '--valid', '20', '--test', '20']
  expect((await cli('datasets', 'generate', 'rectangles', ...counts, '--name', 'rect', '--data', folder)).code).toBe(0)
  app = await createApp({ data: folder, launch: launchNodeChild('out/main'), host: 'served' })
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

test('a sweep of the command line beside an open workbench: no run twice, none lost, nothing locked', async () => {
  for (let index = 0; index < each; index++) {
    await app.workbench.runs.create({ name: `queued-${index}`, spec, device: 'auto' })
  }
  const sweep = async (letter: string): Promise<CliResult[]> => {
    const ended: CliResult[] = []
    for (let index = 0; index < each; index++) {
      const args = ['train', join(folder, 'spec.json'), '--name', `${letter}-${index}`, '--data', folder]
      ended.push(await cli(...args))
    }
    return ended
  }
  const ended = (await Promise.all([sweep('a'), sweep('b')])).flat()
  expect(ended.map(({ code }) => code)).toEqual(ended.map(() => 0))
  expect(ended.flatMap(({ errors }) => errors).filter((line) => /"error"|locked|SQLITE_BUSY/.test(line))).toEqual([])

  const statuses = async () => (await app.runs.list({ inBin: false })).map(({ status }) => status)
  await expect
    .poll(statuses, { timeout: 90_000, interval: 500 })
    .toEqual(Array.from({ length: 3 * each }, () => 'done'))
  const runs = await app.runs.list({ inBin: false })
  expect(new Set(runs.map(({ name }) => name)).size).toBe(3 * each)
  for (const { id } of runs) {
    // A second owner would have been recorded as a resumption.
    expect((await app.runs.get({ run: id })).resumed).toEqual([])
    expect(await app.workbench.runs.metrics({ run: id })).toSatisfy((metrics: unknown[]) => metrics.length >= 2)
  }
  expect(await app.workbench.app.problems()).toEqual([])
}, 240_000)
