import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { grey, png } from '../../support/pngFile'
import { idx } from '../../support/idx'
import { npy, npz } from '../../support/npy'
import { file, request, Workspace } from './workspace'

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>()
  return { ...real, open: vi.fn(real.open) }
})

const space = new Workspace()
afterEach(() => vi.mocked(fs.open).mockReset())

const n = 30_000
const line = (i: number) => `${i % 7} 0 ${i % 256} 1 ${i % 3}\n`
const text = Buffer.from(Array.from({ length: n }, (_, i) => line(i)).join(''))
const values = Uint8Array.from({ length: 1_500_000 }, (_, i) => (i * 31) % 256)
const image = png(8, 8, grey, [...values.subarray(0, 64)])

const last = { labelsColumn: 'last' }

/** One honest file of every reader, long enough to be interrupted. */
const samples = (): [reader: string, given: object][] => [
  ['amat', { files: [file('set.amat', text)] }],
  ['CSV', { files: [file('set.csv', Buffer.from(text.toString().replaceAll(' ', ',')))], meaning: last }],
  [
    'CSV in quotes',
    {
      files: [file('set.csv', Buffer.from(text.toString().replaceAll(/\d+/g, '"$&"').replaceAll(' ', ',')))],
      meaning: last,
    },
  ],
  ['IDX', { files: [file('x', idx([15_000, 10, 10], values))] }],
  ['npy', { files: [file('x.npy', npy('|u1', [15_000, 100], values))] }],
  ['npz', { files: [file('x.npz', npz({ x: npy('|u1', [15_000, 100], values) }, 6))] }],
  ['images', { files: Array.from({ length: 300 }, (_, i) => file(`${i}.png`, image)) }],
  ['frames', { files: Array.from({ length: 300 }, (_, i) => file(`${i}.png`, image)), frames: true }],
  [
    'pair list',
    {
      files: [file('pairs.csv', Buffer.from('a.png,b.png\n'.repeat(150))), file('a.png', image), file('b.png', image)],
    },
  ],
]

describe('every reader', () => {
  it.each(samples())('%s tells its progress, which only rises', async (_, given) => {
    const told: number[] = []
    await importDataset(request(given), space.folder, { onProgress: (fraction) => told.push(fraction) })
    expect(told.length).toBeGreaterThan(3)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told.at(-1)).toBe(1)
    expect(told.some((fraction) => fraction > 0 && fraction < 0.8)).toBe(true)
  })

  it.each(samples())('%s is given up at any moment, and leaves nothing', async (_, given) => {
    for (const after of [0, 1, 3]) {
      const stop = new AbortController()
      let told = 0
      const onProgress = (): void => {
        if (++told > after) stop.abort(new Error('enough'))
      }
      if (after === 0) stop.abort(new Error('enough'))
      const work = importDataset(request(given), space.folder, { signal: stop.signal, onProgress })
      await expect(work).rejects.toThrow('enough')
      expect(readdirSync(space.folder)).toEqual([])
    }
    const stop = AbortSignal.abort(new Error('enough'))
    await expect(previewImport(request(given), { signal: stop })).rejects.toThrow('enough')
  })

  /** A disk that takes so many bytes. */
  const fillDisk = async (room: number): Promise<void> => {
    const { open } = await vi.importActual<typeof fs>('node:fs/promises')
    let left = room
    vi.mocked(fs.open).mockImplementation(async (path, flags, mode) => {
      const handle = await open(path, flags, mode)
      const write = handle.writeFile.bind(handle)
      handle.writeFile = async (data: Uint8Array) => {
        left -= data.byteLength
        if (left < 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
        return write(data)
      }
      return handle
    })
  }

  it.each(samples())('%s says when the disk is full, and leaves nothing', async (_, given) => {
    for (const room of [0, 1_000, 1_600_000]) {
      await fillDisk(room)
      const refusal = importDataset(request(given), space.folder)
      if (room < 10_000)
        await expect(refusal).rejects.toMatchObject({ code: 'DISK_FULL', where: space.folder, exit: 2 })
      else await refusal.catch((error: unknown) => expect(error).toMatchObject({ code: 'DISK_FULL' }))
      expect(readdirSync(space.folder).filter((name) => !name.endsWith('.safetensors'))).toEqual([])
    }
  })
})

describe('what may not be read', () => {
  afterEach(() => {
    if (process.getuid?.() === 0) process.seteuid!(0)
  })

  it.runIf(process.platform !== 'win32')('is named: a folder, or a file within it', async () => {
    const folder = join(space.folder, 'set')
    mkdirSync(join(folder, 'closed'), { recursive: true })
    mkdirSync(join(folder, 'open'))
    writeFileSync(join(folder, 'closed', '1.png'), image)
    writeFileSync(join(folder, 'open', '1.png'), image)
    chmodSync(space.folder, 0o755)
    const asked = request({ files: [{ name: 'set', content: { path: folder } }] })
    const refused = async (where: string) => {
      // The administrator may read everything.
      if (process.getuid?.() === 0) process.seteuid!(65_534)
      await expect(previewImport(asked)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', where, exit: 2 })
      if (process.getuid?.() === 0) process.seteuid!(0)
    }
    chmodSync(join(folder, 'closed'), 0)
    await refused(join('set', 'closed'))
    chmodSync(join(folder, 'closed'), 0o755)
    chmodSync(join(folder, 'open', '1.png'), 0)
    await refused(join('set', 'open', '1.png'))
  })
})
