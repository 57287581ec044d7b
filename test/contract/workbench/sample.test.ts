import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { openStore, type Store } from '../../../src/main/store/store'
import { AnalystClient } from '../../../src/main/workbench/analystClient'
import { ImageService } from '../../../src/main/workbench/images'
import { SampleService } from '../../../src/main/workbench/sample'
import { defaultViewOptions } from '../../../src/shared/views'
import buildOnce from '../../support/built'
import { cli } from '../../support/cli'

const shipped = 'resources/sample'
const view = { x: defaultViewOptions, y: defaultViewOptions }

let folder: string
let data: string
let app: App
let store: Store
const analyst = new AnalystClient(launchNodeChild('out/main'))
beforeAll(async () => {
  buildOnce()
  folder = await mkdtemp(join(tmpdir(), 'gae-sample-'))
  data = join(folder, 'data')
  app = await createApp({ data, launch: launchNodeChild('out/main'), host: 'cli' })
  store = await openStore(data)
})
afterAll(async () => {
  analyst.stop()
  await app.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const names = async () => (await app.runs.list({ inBin: false })).map(({ name }) => name)

test('is under 1 MB', async () => {
  const sizes = await Promise.all((await readdir(shipped)).map(async (name) => (await stat(join(shipped, name))).size))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000)
})

test.each([
  ['the weights are cut short', 'shifts-gae.npz', Buffer.from('PK\x03\x04'), 'NPZ_DAMAGED'],
  ['an image is none', '3_x.png', Buffer.from('no image'), 'IMAGE_UNREADABLE'],
  ['the list names a file elsewhere', 'pairs.csv', Buffer.from('x,y\n../1_x.png,1_y.png\n'), 'BAD_INPUT'],
  ['the list is missing', 'pairs.csv', null, 'SAMPLE_MISSING'],
])('no run is made where %s', async (_, name, bytes, code) => {
  const copy = await mkdtemp(join(folder, 'copy-'))
  await cp(shipped, copy, { recursive: true })
  if (bytes === null) await rm(join(copy, name))
  else await writeFile(join(copy, name), bytes)
  const images = new ImageService({ store, analyst })
  const sample = new SampleService({ folder: copy, runs: app.runs, models: app.models, images, analyst })
  await expect(sample.open()).rejects.toMatchObject({ code })
  expect(await names()).toEqual([])
})

test('is one finished run however often it is opened, marked as a sample, and comes out of the bin', async () => {
  const { sample } = app.workbench
  const [first, second] = await Promise.all([sample.open(), sample.open()])
  expect(second.run.id).toBe(first.run.id)
  expect(first.run).toMatchObject({ status: 'done', kind: 'gae', dataset: 'shifts (sample)' })
  expect(first.pairs).toHaveLength(8)
  await app.runs.rename({ run: first.run.id, name: 'mine' })
  expect((await sample.open()).run.id).toBe(first.run.id)
  await app.runs.moveToBin({ run: first.run.id })
  const again = await sample.open()
  expect(again.run).toMatchObject({ id: first.run.id, deleted: null })
  expect(await names()).toEqual(['mine'])
})

test('scores a true partner above every other y, x held', async () => {
  const { run, pairs } = await app.workbench.sample.open()
  const energies: number[][] = []
  for (const { x } of pairs) {
    const row: number[] = []
    for (const { y } of pairs) {
      const request = { run: run.id, x: x.image.sha256, y: y.image.sha256, class: null, view }
      row.push((await app.workbench.pairs.score(request)).pair.energy.yGivenX!)
    }
    energies.push(row)
  }
  for (const [index, row] of energies.entries()) expect(Math.max(...row)).toBe(row[index])
})

test('its list goes through the command line: true pairs gain, shuffled ones lose', async () => {
  const weights = ['models', 'import', join(shipped, 'shifts-gae.npz'), '--name', 'by hand', '--data', data]
  expect((await cli(...weights)).code).toBe(0)
  const gains = async (list: string): Promise<number[]> => {
    const { code, document } = await cli('score', '--run', 'by hand', '--pairs', list, '--data', data)
    expect(code).toBe(0)
    return (document as { pairs: { gain: number }[] }).pairs.map(({ gain }) => gain)
  }
  const count = (await gains(join(shipped, 'pairs.csv'))).length
  const file = (number: number, of: string) => resolve(shipped, `${number}_${of}.png`)
  const shuffled = Array.from({ length: count }, (_, i) => `${file(i + 1, 'x')},${file(((i + 1) % count) + 1, 'y')}`)
  const list = join(folder, 'shuffled.csv')
  await writeFile(list, `x,y\n${shuffled.join('\n')}\n`)
  const [whole, mixed] = [await gains(join(shipped, 'pairs.csv')), await gains(list)]
  expect(Math.min(...whole)).toBeGreaterThan(Math.max(...mixed))
})
