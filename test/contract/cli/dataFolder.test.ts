import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataPaths } from '../../../src/main/store/dataFolder'
import { openStore } from '../../../src/main/store/store'
import { cli, startCli } from '../../support/cli'
import { idx } from '../../support/idx'
import { readOnlyDisk } from '../../support/readOnlyDisk'
import { newDataset } from '../store/fixtures'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-data-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)

const impossible: readonly (readonly [string, () => string, string])[] = [
  ['is a file', () => path('file'), 'PATH_WRONG'],
  ['lies below a file', () => path('file/data'), 'PATH_WRONG'],
  ['has too long a name', () => path('n'.repeat(300)), 'PATH_WRONG'],
  ['has too long a path', () => path('n/'.repeat(2100)), 'PATH_WRONG'],
  ['is a link to nowhere in a circle', () => path('round'), 'PATH_WRONG'],
  ...(process.platform === 'linux'
    ? ([
        ['is a device', () => '/dev/full', 'PATH_WRONG'],
        ['lies where the kernel makes no folders', () => '/proc/data', 'PATH_WRONG'],
      ] as const)
    : []),
]

describe('a data folder', () => {
  it.each(impossible)('that %s is refused in words that name it', async (_name, at, code) => {
    await writeFile(path('file'), '')
    await symlink(path('round'), path('round'))
    await expect(openStore(at())).rejects.toMatchObject({
      code,
      where: at(),
      remedy: expect.stringContaining('--data') as string,
    })
  })

  it('whose database is a folder is refused in words', async () => {
    await mkdir(dataPaths(folder).database)
    await expect(openStore(folder)).rejects.toMatchObject({ code: 'PATH_WRONG', where: dataPaths(folder).database })
  })

  it('without a name is not the folder that the command is called from', async () => {
    const { code, errors } = await cli('runs', 'list', '--data', '')
    expect([code, JSON.parse(errors[0]!)]).toMatchObject([2, { error: { code: 'USAGE', where: '--data' } }])
  })

  it('on a read-only disk ends every command, serve too', async () => {
    const disk = await readOnlyDisk()
    if (disk === null) return
    try {
      const data = join(disk.folder, 'data')
      await cli('runs', 'list', '--data', data)
      disk.close()
      for (const [command, at] of [
        [['runs', 'list'], data],
        [['serve', '--port', '0'], data],
        [['runs', 'list'], join(disk.folder, 'new/er')],
      ] as const) {
        const { code, signal, errors } = await cli(...command, '--data', at)
        expect([code, signal]).toEqual([1, null])
        expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: { code: 'READ_ONLY', where: at } })
      }
    } finally {
      await disk.remove()
    }
  }, 60_000)
})

describe.skipIf(process.platform === 'win32')('permissions of a data folder', () => {
  const modeOf = async (name: string) => ((await stat(path(name))).mode & 0o777).toString(8)
  const fill = async () => {
    const store = await openStore(path('data'))
    await store.datasets.add(newDataset('one'))
    await store.images.put({ name: 'a', width: 1, height: 1, format: 'png', origin: null }, new Uint8Array([1]))
    await store.backUp()
    await store.close()
  }
  const modes = async () => {
    const names = await readdir(path('data'), { recursive: true })
    return Promise.all(['', ...names].map(async (name) => [name, await modeOf(join('data', name))] as const))
  }

  it('are the owner’s alone, whatever the umask', async () => {
    const before = process.umask(0)
    try {
      await fill()
    } finally {
      process.umask(before)
    }
    const found = await modes()
    expect(found.length).toBeGreaterThan(4)
    expect(found.filter(([, mode]) => mode !== '700' && mode !== '600')).toEqual([])
  })

  it('of an older folder are mended when it is opened', async () => {
    await fill()
    for (const [name, mode] of await modes()) await chmod(path(join('data', name)), mode === '700' ? 0o755 : 0o644)
    await (await openStore(path('data'))).close()
    expect((await modes()).filter(([, mode]) => mode !== '700' && mode !== '600')).toEqual([])
  })

  it('of a folder that holds other things than ours stay; ours within it are closed', async () => {
    await fill()
    await writeFile(path('data/letter.txt'), '')
    await chmod(path('data/letter.txt'), 0o644)
    await chmod(path('data'), 0o755)
    await chmod(dataPaths(path('data')).database, 0o644)
    await (await openStore(path('data'))).close()
    expect([await modeOf('data'), await modeOf('data/letter.txt')]).toEqual(['755', '644'])
    expect(await modeOf('data/workbench.sqlite')).toBe('600')
  })
})

it('an import whose process was killed leaves nothing once the folder is opened again', async () => {
  const data = path('data')
  await writeFile(path('images.idx'), idx([30_000, 28, 28], { length: 30_000 * 28 * 28 }))
  const { child, result } = startCli(['datasets', 'import', path('images.idx'), '--name', 'big', '--data', data])
  const partial = async () =>
    (await readdir(join(data, 'datasets')).catch(() => [])).filter((name) => name.endsWith('.partial'))
  await expect.poll(partial, { timeout: 30_000 }).not.toEqual([])
  child.kill('SIGKILL')
  await result
  expect(await partial()).not.toEqual([])
  await cli('runs', 'list', '--data', data)
  expect(await readdir(join(data, 'datasets'))).toEqual([])
}, 60_000)

it.skipIf(process.platform === 'win32')(
  'npm start takes the workbench with it when it is told to go',
  async () => {
    const npm = spawn('npm', ['start', '--', '--browser', '--data', path('data')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let text = ''
    npm.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    const port = () => /http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1]
    await expect.poll(port, { timeout: 30_000 }).toBeDefined()
    const gone = once(npm, 'exit')
    npm.kill('SIGTERM')
    await gone
    const answers = () =>
      fetch(`http://127.0.0.1:${port()}/`).then(
        () => true,
        () => false,
      )
    await expect.poll(answers, { timeout: 20_000 }).toBe(false)
  },
  60_000,
)
