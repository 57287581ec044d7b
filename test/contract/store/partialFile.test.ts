import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ownerTag, thisProcess } from '../../../src/main/store/owner'
import { partialPath, sweep } from '../../../src/main/store/partialFile'
import { Folder } from './fixtures'

it('half-written files go as soon as their writer has ended, and not before', async () => {
  const folder = await Folder.make()
  try {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    const here = thisProcess()
    const files = {
      living: partialPath(folder.path),
      dead: join(folder.path, `.${ownerTag({ ...here, pid: child.pid! })}.a.partial`),
      'of an earlier start of the machine': join(folder.path, `.${ownerTag({ ...here, boot: 'abc' })}.a.partial`),
      'of another machine': join(folder.path, `.${ownerTag({ ...here, place: 'abc', pid: child.pid! })}.a.partial`),
      'of an older workbench': join(folder.path, '.0b7e6c0e.partial'),
      'of long ago': join(folder.path, '.0b7e6c0f.partial'),
    }
    for (const path of Object.values(files)) await writeFile(path, 'half')
    await utimes(files['of long ago'], 1, 1)
    await sweep(folder.path)
    const left = new Set(await readdir(folder.path))
    const kept = Object.entries(files).filter(([, path]) => left.has(path.slice(folder.path.length + 1)))
    expect(kept.map(([name]) => name)).toEqual(['living', 'of another machine', 'of an older workbench'])
  } finally {
    await folder.remove()
  }
})

it('every opening sweeps datasets, checkpoints, images and backups', async () => {
  const folder = await Folder.make()
  try {
    const dead = `.${ownerTag({ ...thisProcess(), boot: 'abc' })}.a.partial`
    const folders = ['datasets', 'checkpoints', 'images', 'backups']
    for (const name of folders) {
      await mkdir(join(folder.path, name))
      await writeFile(join(folder.path, name, dead), 'half')
    }
    await folder.open()
    for (const name of folders) expect(await readdir(join(folder.path, name))).toEqual([])
  } finally {
    await folder.remove()
  }
})
