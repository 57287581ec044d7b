import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readInput } from '../../../src/main/cli/inputFile'
import { checkOutput, writeOutput } from '../../../src/main/cli/outputFile'
import { cli } from '../../support/cli'
import { smallDisk } from '../../support/smallDisk'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-output-'))
  await mkdir(path('folder'))
  await writeFile(path('file'), 'former')
  await symlink(path('round'), path('round'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)
const litter = async (where: string) => (await readdir(where)).filter((name) => name.endsWith('.partial'))

const wrongPaths = [
  ['in a folder that is not there', () => path('none/x.npz'), 'There is no such file or folder'],
  ['that is a folder', () => path('folder'), 'It is a folder'],
  ['below a file', () => path('file/x.npz'), 'A part of its path is a file'],
  ['with a name that is too long', () => path('n'.repeat(300)), 'too long'],
  ['with a path that is too long', () => path('n/'.repeat(2100)), 'too long'],
  ['behind links in a circle', () => path('round'), 'symbolic links lead round'],
] as const

describe('a file that a command writes', () => {
  it.each(wrongPaths)('%s is refused with its own path, before the work and after it', async (_name, at, words) => {
    const refusal = { code: 'PATH_WRONG', where: at(), message: expect.stringContaining(words) as string, exit: 2 }
    await expect(checkOutput(at())).rejects.toMatchObject(refusal)
    await expect(writeOutput(at(), 'new')).rejects.toMatchObject(refusal)
    expect(await litter(folder)).toEqual([])
  })

  it('replaces a file whole, with its permissions, behind a link as well', async () => {
    await writeFile(path('kept'), 'former')
    await chmod(path('kept'), 0o640)
    await symlink(path('kept'), path('link'))
    await checkOutput(path('link'))
    await writeOutput(path('link'), 'new')
    expect(await readlink(path('link'))).toBe(path('kept'))
    expect(await readFile(path('kept'), 'utf8')).toBe('new')
    expect((await stat(path('kept'))).mode & 0o777).toBe(0o640)
    expect(await litter(folder)).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('may be a device, which stays one', async () => {
    await writeOutput('/dev/null', 'new')
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
    await expect(writeOutput('/dev/full', 'new')).rejects.toMatchObject({ code: 'DISK_FULL', where: '/dev/full' })
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is refused without leave to write (not run as root, who has it everywhere)',
    async () => {
      await mkdir(path('closed'), { mode: 0o500 })
      await expect(checkOutput(path('closed/x'))).rejects.toMatchObject({
        code: 'NOT_PERMITTED',
        where: path('closed/x'),
      })
      await expect(writeOutput(path('closed/x'), '')).rejects.toMatchObject({ code: 'NOT_PERMITTED' })
    },
  )

  it('on a full disk leaves nothing, or what was there, and names itself', async () => {
    const disk = await smallDisk(8)
    console.log(`Full disk: ${disk.kind}`)
    try {
      const data = ['--data', path('data')]
      await cli(
        'datasets',
        'generate',
        'rectangles',
        '--train',
        '300',
        '--valid',
        '10',
        '--test',
        '10',
        '--name',
        'rect',
        ...data,
      )
      const target = join(dirname(disk.folder), 'rect.npz')
      await writeFile(target, 'former')
      await disk.fill(100_000)
      const { code, errors } = await cli('datasets', 'export', 'rect', target, ...data)
      expect(JSON.parse(errors.at(-1)!)).toMatchObject({
        error: { code: 'DISK_FULL', where: target, remedy: expect.stringContaining('another disk') as string },
      })
      expect(code).toBe(1)
      expect(await readFile(target, 'utf8')).toBe('former')
      expect(await litter(dirname(disk.folder))).toEqual([])
      await disk.free()
      expect((await cli('datasets', 'export', 'rect', target, ...data)).code).toBe(0)
    } finally {
      await disk.remove()
    }
  }, 60_000)

  it.each([
    ['datasets export', (file: string) => ['datasets', 'export', 'rect', file]],
    ['models export', (file: string) => ['models', 'export', 'none', file]],
    ['evaluate --predictions', (file: string) => ['evaluate', 'none', '--dataset', 'rect', '--predictions', file]],
  ])('of %s is looked at before anything is computed', async (_name, command) => {
    const { code, errors } = await cli(...command(path('none/x')), '--data', path('data'))
    expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: { code: 'PATH_WRONG', where: path('none/x') } })
    expect(code).toBe(2)
  })
})

describe('a file that a command reads', () => {
  it.skipIf(process.platform === 'win32')('may be no pipe and no device, which may never end', async () => {
    execFileSync('mkfifo', [path('pipe')])
    for (const name of [path('pipe'), '/dev/zero', path('folder'), path('round'), path('none')]) {
      await expect(readInput(name, 'a JSON file')).rejects.toMatchObject({
        code: 'FILE_UNREADABLE',
        where: name,
        remedy: 'Name a JSON file.',
      })
    }
  })

  it('may begin with a byte order mark', async () => {
    await writeFile(path('spec.json'), '\uFEFF{"model":{"kind":"ae"},"dataset":"none"}')
    const { errors } = await cli('train', path('spec.json'), '--data', path('data'))
    expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: { code: 'DATASET_NOT_FOUND' } })
  })
})
