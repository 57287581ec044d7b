import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli } from '../../support/cli'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-generate-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (...args: string[]) => cli(...args, '--data', join(folder, 'data'))
const errorOf = ({ errors }: { errors: string[] }) => (JSON.parse(errors.at(-1) ?? '{}') as { error: unknown }).error

describe('generators', () => {
  it('refuse a generator without what it needs, an unknown one, and options of others in a plain word', async () => {
    const refused = async (...args: string[]) => {
      const result = await run('datasets', 'generate', ...args)
      expect(result.code).toBe(2)
      return errorOf(result)
    }
    expect(await refused('mnist-rot')).toMatchObject({ where: expect.stringContaining('source') })
    expect(await refused('mnist-rot', '--source', 'nowhere')).toMatchObject({ code: 'DATASET_NOT_FOUND' })
    expect(await refused('circles')).toMatchObject({ where: expect.stringContaining('generator') })
    expect(await refused('convex', '--circular')).toMatchObject({ where: expect.stringContaining('circular') })
    expect(await refused('shifts', '--density', 'much')).toMatchObject({ code: 'USAGE' })
  })
})
