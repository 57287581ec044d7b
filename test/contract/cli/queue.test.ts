import { afterAll, beforeAll, expect, test } from 'vitest'
import { cli } from '../../support/cli'
import { Folder, newRun } from '../store/fixtures'

let folder: Folder
beforeAll(async () => {
  folder = await Folder.make()
  const store = await folder.open()
  for (const name of ['a', 'b', 'c']) await store.runs.create(newRun(name))
  await store.runs.create(newRun('ended', { status: 'done' }))
  await folder.closeAll()
})
afterAll(() => folder.remove())

const queue = (...verb: string[]) => cli('queue', ...verb, '--data', folder.path)
const failure = async (...verb: string[]) => {
  const { code, errors } = await queue(...verb)
  return [code, (JSON.parse(errors.at(-1)!) as { error: { code: string; remedy: string } }).error] as const
}

test('the queue is put in order, paused and emptied by commands, each of which tells how it stands', async () => {
  const waits = (name: string, position: number) => ({
    run: expect.stringMatching(/^[0-9a-f]{12}$/),
    ...{ name, status: 'queued', position, eta: null, threads: null, sweep: null },
  })
  const first = await queue('list')
  expect(first.code).toBe(0)
  expect(first.document).toEqual({
    ...{ paused: false, slots: expect.any(Number), left: null },
    runs: [waits('a', 1), waits('b', 2), waits('c', 3)],
  })
  expect((await queue('pause')).document).toMatchObject({ paused: true })
  expect((await queue('move', 'c', '1')).document).toMatchObject({
    paused: true,
    runs: [waits('c', 1), waits('a', 2), waits('b', 3)],
  })
  expect((await queue('cancel', 'a')).document).toMatchObject({ runs: [waits('c', 1), waits('b', 2)] })
  expect((await queue('resume')).document).toMatchObject({ paused: false })
}, 60_000)

test('what cannot be is refused, with the places that there are', async () => {
  expect(await failure('move', 'c', '9')).toEqual([2, expect.objectContaining({ code: 'NO_SUCH_PLACE' })])
  expect(await failure('move', 'c', '0')).toEqual([2, expect.objectContaining({ code: 'USAGE' })])
  expect(await failure('move', 'ended', '1')).toEqual([2, expect.objectContaining({ code: 'RUN_NOT_WAITING' })])
  expect(await failure('cancel', 'ended')).toEqual([2, expect.objectContaining({ code: 'RUN_NOT_QUEUED' })])
  expect(await failure('cancel', 'nobody')).toEqual([2, expect.objectContaining({ code: 'RUN_NOT_FOUND' })])
}, 60_000)
