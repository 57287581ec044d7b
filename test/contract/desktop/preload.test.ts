import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import buildOnce from '../../support/built'

const root = join(import.meta.dirname, '../../..')
beforeAll(buildOnce, 120_000)

test('the built preload requires electron and nothing else, as a sandboxed one must', async () => {
  const built = await readFile(join(root, 'out/preload/index.cjs'), 'utf8')
  const required = [...built.matchAll(/\brequire\(\s*(.*?)\s*\)/g)].map((match) => match[1])
  expect(required).toEqual(['"electron"'])
  expect(built).not.toMatch(/\bimport\b\s*[({'"]/)
})
