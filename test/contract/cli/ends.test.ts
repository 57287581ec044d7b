import { spawn } from 'node:child_process'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeNpz } from '../../../src/main/datasets/npz'
import { cli } from '../../support/cli'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-ends-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)
const run = (...args: string[]) => cli(...args, '--data', path('data'))

/** Runs a command with streams that nobody reads. @returns its exit code, and what it said on the other one */
async function unread(streams: ('stdout' | 'stderr')[], ...args: string[]): Promise<[number | null, string]> {
  const child = spawn(process.execPath, ['bin/gae-workbench.js', ...args, '--data', path('data')])
  for (const one of streams) child[one].destroy()
  let errors = ''
  if (!streams.includes('stderr')) child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return [code, errors]
}

it.each(['runs list', 'runs list --json', 'datasets list', '--help'])(
  '%s ends quietly where nobody reads its output any more',
  async (command) => {
    expect(await unread(['stdout'], ...command.split(' '))).toEqual([0, ''])
  },
)

it('a training goes on where nobody reads its progress any more', async () => {
  await run('datasets', 'generate', 'rectangles', '--train', '50', '--valid', '10', '--test', '10', '--name', 'r')
  const spec = { model: { kind: 'ae', hidden: 3 }, dataset: 'r', epochs: 1 }
  await writeFile(path('unread.json'), JSON.stringify(spec))
  expect(await unread(['stdout', 'stderr'], 'train', path('unread.json'), '--name', 'unread')).toEqual([0, ''])
  expect((await run('runs', 'show', 'unread')).document).toMatchObject({ status: 'done' })
})

it.skipIf(process.platform !== 'linux')('says so where its output does not fit the disk', async () => {
  const full = await open('/dev/full', 'w')
  const child = spawn(process.execPath, ['bin/gae-workbench.js', 'runs', 'list', '--data', path('data')], {
    stdio: ['ignore', full.fd, 'pipe'],
  })
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const code = await new Promise((resolve) => child.once('close', resolve))
  await full.close()
  expect(code).toBe(1)
  expect(errors).toMatch(/^the output of this command: No space is left on the disk.*\[DISK_FULL\]\n$/)
})

it('keeps no data in the folder that it is called from where there is no home', async () => {
  const env = { ...process.env, HOME: '', XDG_DATA_HOME: '', GAE_WORKBENCH_HOME: '' }
  const child = spawn(process.execPath, [resolve('bin/gae-workbench.js'), 'runs', 'list', '--json'], {
    env,
    cwd: path('.'),
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(code).toBe(2)
  expect(JSON.parse(errors)).toMatchObject({ error: { code: 'NO_HOME', remedy: expect.stringContaining('--data') } })
})

it('a test image with a fill value ends the run with its place and a remedy', async () => {
  const images = (n: number) => Float32Array.from({ length: n * 16 }, (_, at) => ((at * 7) % 10) / 10)
  const bad = images(4)
  bad[2 * 16 + 3] = 1e20
  const y = (n: number) => ({ shape: [n], data: Int32Array.from({ length: n }, (_, at) => at % 2) })
  await writeFile(path('good.npz'), writeNpz({ x: { shape: [30, 16], data: images(30) }, y: y(30) }))
  await writeFile(path('bad.npz'), writeNpz({ x: { shape: [4, 16], data: bad }, y: y(4) }))
  await run(
    'datasets',
    'import',
    path('good.npz'),
    '--test-path',
    path('bad.npz'),
    '--name',
    'filled',
    '--shape',
    '4x4',
  )
  const spec = { model: { kind: 'ae', hidden: 3 }, dataset: 'filled', epochs: 1, batchSize: 10 }
  await writeFile(path('filled.json'), JSON.stringify(spec))
  const result = await run('train', path('filled.json'), '--name', 'filled')
  expect(result.code).toBe(1)
  expect(JSON.parse(result.errors.at(-1)!)).toMatchObject({
    error: {
      code: 'LOSS_NOT_FINITE',
      where: 'filled: test, image 2',
      remedy: expect.stringContaining('1e20') as string,
    },
  })
})

it('a run on pixels of another scale than images have ends with a warning, in JSON and in text', async () => {
  const x = { shape: [30, 16], data: Float32Array.from({ length: 480 }, (_, at) => (at * 37) % 256) }
  await writeFile(path('bytes.npz'), writeNpz({ x }))
  await run('datasets', 'import', path('bytes.npz'), '--name', 'bytes', '--shape', '4x4', '--scale', 'keep')
  const spec = { model: { kind: 'ae', hidden: 3 }, dataset: 'bytes', epochs: 1, batchSize: 10 }
  await writeFile(path('bytes.json'), JSON.stringify({ ...spec, optimizer: { learningRate: 1e-6 } }))
  const { code, document } = await run('train', path('bytes.json'), '--name', 'bytes')
  expect(code).toBe(0)
  expect(document).toMatchObject({ warnings: [{ code: 'PIXEL_SCALE', where: 'bytes' }] })
})
