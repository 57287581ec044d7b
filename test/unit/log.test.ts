import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLog } from '../../src/main/log'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-log-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a flood of refusals does not fill the disk, and errors are told all the same', async () => {
  const log = openLog(folder, 'served')
  for (let times = 0; times < 10_000; times++) log.refused({ reason: 'NO_COOKIE', method: 'GET', path: 'page' })
  log.error(new Error('after the flood'))
  log.close()
  const lines = (await readFile(log.file, 'utf8')).trim().split('\n')
  expect(lines.length).toBeLessThan(1000)
  expect(JSON.parse(lines[0]!)).toMatchObject({ msg: 'refused', reason: 'NO_COOKIE', method: 'GET', path: 'page' })
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ msg: 'after the flood' })
})

test('it is silent after its end, so that a call that ends late does not fail on it', async () => {
  const log = openLog(folder, 'late')
  log.error(new Error('in time'))
  log.close()
  log.error(new Error('too late'))
  log.refused({ reason: 'NO_COOKIE', method: 'GET', path: 'page' })
  log.close()
  const lines = (await readFile(log.file, 'utf8')).trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('in time')
})
