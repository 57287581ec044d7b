import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own that can be made read-only. */
export interface ReadOnlyDisk {
  folder: string
  close(): void
  remove(): Promise<void>
}

/** @returns null, having said why, where this user may mount none */
export async function readOnlyDisk(): Promise<ReadOnlyDisk | null> {
  const place = await mkdtemp(join(tmpdir(), 'gae-read-only-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', place], { stdio: 'pipe' })
  } catch (error) {
    console.log(`Not run: a read-only disk cannot be mounted here (${(error as Error).message.split('\n')[0]})`)
    await rm(place, { recursive: true })
    return null
  }
  return {
    folder: place,
    close: () => void execFileSync('mount', ['-o', 'remount,ro', place]),
    remove: async () => {
      execFileSync('umount', ['--lazy', place])
      await rm(place, { recursive: true })
    },
  }
}
