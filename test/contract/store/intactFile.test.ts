import { mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeContentFile } from '../../../src/main/store/contentFile'
import { checkIntact } from '../../../src/main/store/intactFile'
import { writeNpz } from '../../../src/main/datasets/npz'
import { cli } from '../../support/cli'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-intact-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Flips one bit and puts the times back, as a fault of the disk would leave them. */
async function flip(path: string): Promise<void> {
  const { atime, mtime } = await stat(path)
  const bytes = await readFile(path)
  bytes[bytes.length - 1]! ^= 1
  await writeFile(path, bytes)
  await utimes(path, atime, mtime)
}

const written = (text: string) => writeContentFile(folder, '.safetensors', [new TextEncoder().encode(text)])

describe('a file that is named by its content', () => {
  it('is taken while it is whole, and refused with a remedy once a bit of it has changed, also after it was read', async () => {
    const { path } = await written('as it was stored')
    await checkIntact(path, 'dataset')
    await flip(path)
    const damaged = { code: 'DATASET_DAMAGED', where: path, remedy: expect.stringContaining('copy') as string, exit: 1 }
    await expect(checkIntact(path, 'dataset')).rejects.toMatchObject(damaged)
    await expect(checkIntact(path, 'dataset')).rejects.toMatchObject(damaged)
    await flip(path)
    await checkIntact(path, 'dataset')
  })

  it('is refused where it was cut off or another was put in its place', async () => {
    const [one, other] = [await written('one'), await written('other')]
    await writeFile(one.path, '')
    await expect(checkIntact(one.path, 'model')).rejects.toMatchObject({ code: 'CHECKPOINT_DAMAGED' })
    await rename(other.path, one.path)
    await expect(checkIntact(one.path, 'model')).rejects.toMatchObject({ code: 'CHECKPOINT_DAMAGED' })
  })

  it('is left to its reader where it is missing or has another name', async () => {
    await checkIntact(join(folder, `${'0'.repeat(64)}.safetensors`), 'model')
    await writeFile(join(folder, 'mine.safetensors'), 'anything')
    await checkIntact(join(folder, 'mine.safetensors'), 'model')
  })
})

describe('a flipped bit in a data folder', () => {
  const path = (name: string) => join(folder, name)
  const run = (...args: string[]) => cli(...args, '--data', path('data'))
  const onlyFile = async (of: string) => {
    const [name] = await readdir(path(`data/${of}`))
    return path(`data/${of}/${name}`)
  }
  const errorOf = async (...args: string[]) => {
    const { code, errors } = await run(...args)
    return { code, ...(JSON.parse(errors.at(-1)!) as object) }
  }

  it('is told by whatever reads the file; importing the same data again mends it', async () => {
    const x = { shape: [30, 16], data: Float32Array.from({ length: 480 }, (_, at) => ((at * 7) % 10) / 10) }
    await writeFile(path('images.npz'), writeNpz({ x }))
    await run('datasets', 'import', path('images.npz'), '--name', 'images', '--shape', '4x4')
    const spec = { model: { kind: 'ae', hidden: 3 }, dataset: 'images', epochs: 1, batchSize: 10 }
    await writeFile(path('spec.json'), JSON.stringify(spec))
    expect((await run('train', path('spec.json'), '--name', 'ae')).code).toBe(0)

    const dataset = await onlyFile('datasets')
    await flip(dataset)
    const damaged = { code: 1, error: { code: 'DATASET_DAMAGED', where: dataset } }
    expect(await errorOf('evaluate', 'ae', '--dataset', 'images')).toMatchObject(damaged)
    expect(await errorOf('train', path('spec.json'))).toMatchObject(damaged)
    await run('datasets', 'import', path('images.npz'), '--name', 'again', '--shape', '4x4')
    expect((await run('evaluate', 'ae', '--dataset', 'images')).code).toBe(0)

    const checkpoint = await onlyFile('checkpoints')
    await flip(checkpoint)
    expect(await errorOf('evaluate', 'ae', '--dataset', 'images')).toMatchObject({
      code: 1,
      error: { code: 'CHECKPOINT_DAMAGED', where: checkpoint },
    })
    await writeFile(path('row.npz'), writeNpz({ x: { shape: [1, 16], data: x.data.slice(0, 16) } }))
    expect(await errorOf('score', '--run', 'ae', '--arrays', path('row.npz'))).toMatchObject({
      code: 1,
      error: { code: 'CHECKPOINT_DAMAGED' },
    })
  })
})
