import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, startCli } from '../../support/cli'
import { idx } from '../../support/idx'
import { npy } from '../../support/npy'
import { grey, png } from '../../support/pngFile'

/** Imports by the command line: formats, and files that promise more than there is memory. */

let folder: string
const path = (name: string) => join(folder, name)
const run = (...args: string[]) => cli('datasets', ...args, '--data', path('data'))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-import-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Memory of the processes that tests start is written here when they end. */
const memoryFile = () => path('memory')
const reportMemory = `data:text/javascript,${encodeURIComponent(
  "import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(process.env.GAE_MEMORY, String(process.resourceUsage().maxRSS)))",
)}`

describe('what can be imported', () => {
  it('a folder of images, its sub-folders as classes', async () => {
    for (const [index, name] of ['tall', 'wide'].entries()) {
      await mkdir(path(`shapes/${name}`), { recursive: true })
      for (let i = 0; i < 5; i++) {
        const samples = new Array<number>(16).fill(100 * index + i)
        await writeFile(path(`shapes/${name}/${i}.png`), png(4, 4, grey, samples))
      }
    }
    const { code, document } = await run('import', path('shapes'), '--name', 'shapes', '--valid', '1', '--test', '1')
    expect(code).toBe(0)
    expect(document).toMatchObject({
      name: 'shapes',
      n: { train: 8, valid: 1, test: 1 },
      shape: [4, 4],
      classes: ['tall', 'wide'],
    })
  })

  it('its images as pairs of consecutive frames', async () => {
    const args = ['import', path('shapes'), '--frames', '--name', 'film', '--valid', '0', '--test', '0']
    expect((await run(...args)).document).toMatchObject({ n: { train: 8 }, classes: null })
  })

  it('a published pair of .amat files', async () => {
    const lines = (n: number) => Array.from({ length: n }, (_, i) => `0 ${i / 8} 1 0.5 ${i % 2}\n`).join('')
    await writeFile(path('train.amat'), lines(20))
    await writeFile(path('test.amat'), lines(30))
    const args = ['import', path('train.amat'), '--test-path', path('test.amat'), '--valid', '4', '--name', 'published']
    expect((await run(...args)).document).toMatchObject({ n: { train: 16, valid: 4, test: 30 }, shape: [2, 2] })
  })
})

describe('a long import', () => {
  it('tells its progress as JSON lines, and stops at Ctrl-C with nothing left', async () => {
    const line = `${'0.123 '.repeat(784)}1\n`
    await writeFile(path('long.amat'), line.repeat(40_000))
    const before = await readdir(path('data/datasets'))
    const args = ['datasets', 'import', path('long.amat'), '--name', 'long', '--data', path('data')]
    const running = startCli(args, () => !running.child.killed && running.child.kill('SIGINT'))
    const { code, errors } = await running.result
    expect(code).toBe(130)
    expect(JSON.parse(errors[0]!)).toMatchObject({ phase: 'import', t: expect.any(Number), eta: expect.any(Number) })
    expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: { code: 'CANCELLED' } })
    expect(await readdir(path('data/datasets'))).toEqual(before)
    await rm(path('long.amat'))
  })
})

describe('files that promise more than there is memory', () => {
  /** A file of so many bytes, of which only the first take room on the disk. */
  const sparse = async (name: string, head: Uint8Array, bytes: number): Promise<void> => {
    const file = await open(path(name), 'w')
    await file.write(head)
    await file.truncate(bytes)
    await file.close()
  }
  const million = 1_000_000

  it.each<[name: string, make: (name: string) => Promise<void>, code: string]>([
    ['four-billion.idx', (name) => writeFile(path(name), idx([4_000 * million, 28, 28], [1, 2, 3])), 'IDX_TRUNCATED'],
    [
      'four-million.idx',
      (name) => sparse(name, idx([4 * million, 28, 28], []), 16 + 4 * million * 784),
      'DATASET_TOO_LARGE',
    ],
    [
      'inflated.gz',
      (name) => writeFile(path(name), gzipSync(Buffer.concat([idx([2, 28, 28], []), Buffer.alloc(400 * million)]))),
      'IDX_TRAILING',
    ],
    [
      'fortran.npy',
      async (name) => {
        const head = npy('<f8', [million, 100], new Uint8Array(0), true)
        await sparse(name, head, head.length + 800 * million)
      },
      'NPY_FORTRAN_LARGE',
    ],
    ['line.amat', (name) => writeFile(path(name), '0.5 '.repeat(25 * million)), 'LINE_TOO_LONG'],
    ['short-line.csv', (name) => writeFile(path(name), `1${','.repeat(8 * million)}\n`), 'SHAPE_TOO_LARGE'],
    ['quotes.csv', (name) => writeFile(path(name), `1,"${',\n'.repeat(25 * million)}`), 'LINE_TOO_LONG'],
    [
      'images/1.png',
      async (name) => {
        await mkdir(path('images'))
        await writeFile(path(name), png(30_000, 30_000, grey, [0]))
      },
      'SHAPE_TOO_LARGE',
    ],
  ])('%s: one line, exit 2, nothing left, memory under 1.5 GB', async (name, make, code) => {
    await make(name)
    const before = await readdir(path('data/datasets'))
    process.env['GAE_MEMORY'] = memoryFile()
    process.env['NODE_OPTIONS'] = `--import ${reportMemory}`
    const result = await run('import', path(name), '--name', 'promise').finally(() => {
      delete process.env['NODE_OPTIONS']
    })
    expect(result.code).toBe(2)
    expect(result.document).toBeUndefined()
    const { error } = JSON.parse(result.errors.at(-1)!) as { error: Record<string, string> }
    expect(error).toMatchObject({ code, where: expect.stringContaining(path(name)), remedy: expect.any(String) })
    expect(await readdir(path('data/datasets'))).toEqual(before)
    expect(Number(await readFile(memoryFile(), 'utf8')) * 1024).toBeLessThan(1.5e9)
    await rm(path(name))
  })
})
