import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { LRUCache } from 'lru-cache'
import { WorkbenchError } from '../../shared/errors'

/** What a damaged file is called, and what helps. */
const kinds = {
  dataset: {
    code: 'DATASET_DAMAGED',
    remedy:
      'Restore it from a copy, or import or generate the dataset again, under another name: the same data makes the same file.',
  },
  model: {
    code: 'CHECKPOINT_DAMAGED',
    remedy: 'Restore it from a copy, or duplicate the run and train it again; other runs are not touched.',
  },
  image: { code: 'IMAGE_DAMAGED', remedy: 'Choose the image file again.' },
} as const

/** As much as is hashed at once: within a frame. */
const blockBytes = 1024 * 1024

/** The SHA-256 that a content file is named by; null for a file of another name. */
const namedHash = (path: string): string | null => /^([0-9a-f]{64})(\.\w+)?$/.exec(basename(path))?.[1] ?? null

/** Files found whole, with the state of the file that was read. */
const whole = new LRUCache<string, string>({ max: 10_000 })
/** Files that are being read; who asks meanwhile waits for the same answer. */
const underWay = new Map<string, Promise<void>>()

/** Changes with every write, also one that puts the time of change back. */
async function stateOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null)
  return found && [found.ino, found.size, found.mtimeNs, found.ctimeNs].join()
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const block of createReadStream(path, { highWaterMark: blockBytes })) hash.update(block as Buffer)
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', `The file cannot be read: ${(cause as Error).message}`, {
      where: path,
      remedy: 'See whether it may be read and its disk is whole; else restore it from a copy.',
      exit: 1,
      cause,
    })
  }
  return hash.digest('hex')
}

async function read(path: string, named: string, state: string, kind: keyof typeof kinds): Promise<void> {
  const found = await hashOf(path)
  if (found !== named) {
    const { code, remedy } = kinds[kind]
    throw new WorkbenchError(
      code,
      `Its content is not what was stored: SHA-256 ${found.slice(0, 12)}..., not that of its name. A fault of the disk or another program changed it`,
      {
        where: path,
        remedy,
        exit: 1,
      },
    )
  }
  whole.set(path, state)
}

/**
 * Reads a file that is named by its content, at the first use in this process and whenever it has changed since, so that
 * a flipped bit is told and never computed with. A file that is missing, or named otherwise, is left to its reader.
 * @throws DATASET_DAMAGED, CHECKPOINT_DAMAGED, IMAGE_DAMAGED, FILE_UNREADABLE
 */
export async function checkIntact(path: string, kind: keyof typeof kinds): Promise<void> {
  const named = namedHash(path)
  if (named === null) return
  const state = await stateOf(path)
  if (state === null || whole.get(path) === state) return
  const key = `${path} ${state}`
  const work = underWay.get(key) ?? read(path, named, state, kind).finally(() => underWay.delete(key))
  underWay.set(key, work)
  return work
}
