import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const layer = pathToFileURL(fileURLToPath(new URL('fullDisk.mjs', import.meta.url))).href

/** A disk that can be filled, with a folder on it. */
export interface SmallDisk {
  /** What it is, in words. */
  kind: string
  folder: string
  /** From now on nothing more can be written; where `leave` is given, on a real disk, so many bytes. */
  fill(leave?: number): Promise<void>
  /** There is room again. */
  free(): Promise<void>
  remove(): Promise<void>
}

const blocks = [64 * 1024, 4096, 1]

/** A file system of its own in memory, which really is full when it is. @throws where it may not be mounted */
async function mounted(mebibytes: number): Promise<SmallDisk> {
  const place = await mkdtemp(join(tmpdir(), 'gae-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', place], { stdio: 'pipe' })
  } catch (error) {
    await rm(place, { recursive: true })
    throw error
  }
  const filler = join(place, 'filler')
  return {
    kind: `a tmpfs of ${mebibytes} MiB`,
    folder: join(place, 'data'),
    fill: async (leave = 0) => {
      const file = await open(filler, 'a')
      try {
        const { bavail, bsize } = await statfs(place)
        if (leave > 0) return await file.appendFile(Buffer.alloc(Math.max(0, bavail * bsize - leave)))
        for (const size of blocks) {
          const block = Buffer.alloc(size)
          while ((await file.write(block).catch(() => ({ bytesWritten: 0 }))).bytesWritten === size);
        }
      } finally {
        await file.close()
      }
    },
    free: () => rm(filler, { force: true }),
    remove: async () => {
      execFileSync('umount', ['--lazy', place])
      await rm(place, { recursive: true })
    },
  }
}

/** Programs that are started while it exists find every write refused, once it is filled. */
async function injected(reason: string): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'gae-disk-'))
  const flag = join(folder, 'full')
  process.env['FULL_DISK_FLAG'] = flag
  process.env['NODE_OPTIONS'] = `--import=${layer}`
  return {
    kind: `injected into the programs (${reason})`,
    folder,
    fill: () => writeFile(flag, 'all'),
    free: () => rm(flag, { force: true }),
    remove: async () => {
      delete process.env['NODE_OPTIONS']
      delete process.env['FULL_DISK_FLAG']
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A real one where this user may mount it (root on Linux), else an injected one. */
export async function smallDisk(mebibytes: number): Promise<SmallDisk> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return injected('only root mounts')
  return mounted(mebibytes).catch((error: Error) => injected(error.message.split('\n')[0] ?? ''))
}
